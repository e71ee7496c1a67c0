import { initialSessionMachine, reduceSession, type SessionMachine } from '../../src/session/reduceSession.js';
import type { SessionEvent, SessionPart } from '../../src/session/SessionEvent.js';
import { PARTS, SESSION_ALPHABET } from './sessionAlphabet.js';
import { brokenPromises, brokenRules } from './sessionOracle.js';
import { canHappen, emptyWorld, worldAfter, type SessionWorld } from './sessionWorld.js';

export interface ExplorationOptions {
  /** What the sessions do without. */
  readonly wirings: readonly (readonly SessionPart[])[];
  readonly maxAttempts: number;
  /** Which states count as one: all that this says of them must agree. */
  readonly keyOf: (machine: SessionMachine) => string;
  /** True: only what the surroundings can say at that moment, and more is promised. False: every event in every state. */
  readonly isFaithful: boolean;
}

/** A state, and how it was reached first. */
interface Found {
  readonly machine: SessionMachine;
  readonly world: SessionWorld;
  readonly from: Found | null;
  readonly by: SessionEvent | null;
}

export interface Edge {
  readonly from: number;
  readonly event: SessionEvent;
  readonly to: number;
}

export interface Exploration {
  readonly states: readonly SessionMachine[];
  readonly edges: readonly Edge[];
  /** What did not hold, each with the shortest way there; at most 20. */
  readonly broken: readonly string[];
}

const MAX_BROKEN = 20;

/** Everything that the rules of the connection look at. */
export function coreKey({ phase, parts, hasBeenLive, spentAttempts, waiting, view }: SessionMachine): string {
  const open = PARTS.map((part) => parts[part]).join();
  return [phase, open, hasBeenLive, spentAttempts, waiting, view.status, view.attempt, view.error?.reason, view.interruption?.reason].join(';');
}

/** What is seen of the room. */
export function roomKey({ view }: SessionMachine): string {
  return [view.progress, view.room, view.network !== null, view.video !== null, view.audio !== null, view.sound, view.avatarSilent].join();
}

/** Who speaks, and whose words are open. */
export function speechKey({ view }: SessionMachine): string {
  const isOpen = (role: 'user' | 'assistant'): boolean => view.transcript.findLast((entry) => entry.role === role)?.final === false;
  return [view.inputHeld, view.userSpeaking, view.speaking, isOpen('user'), isOpen('assistant'), view.microphone.status].join();
}

/** Goes through all states that can be reached, breadth first, and tries every event in each. */
export function exploreSession({ wirings, maxAttempts, keyOf, isFaithful }: ExplorationOptions): Exploration {
  const events = SESSION_ALPHABET.filter((event) => event.type !== 'start' || wirings.includes(event.unused));
  const numbers = new Map<string, number>();
  const found: Found[] = [];
  const edges: Edge[] = [];
  const broken: string[] = [];
  const numberOf = (state: Found): number => {
    const key = `${keyOf(state.machine)}|${isFaithful ? JSON.stringify(state.world) : ''}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, found.length);
    Object.freeze(state.machine);
    Object.freeze(state.machine.view);
    Object.freeze(state.machine.parts);
    return found.push(state) - 1;
  };
  numberOf({ machine: initialSessionMachine, world: emptyWorld, from: null, by: null });

  for (let number = 0; number < found.length && broken.length < MAX_BROKEN; number++) {
    const state = found[number];
    if (!state) break;
    for (const event of events) {
      if (isFaithful && !canHappen(state.world, event)) continue;
      const { machine, effects } = reduceSession(state.machine, event, { maxAttempts });
      const step = { before: state.machine, event, after: machine, effects, maxAttempts };
      const world = isFaithful ? worldAfter(state.world, event, effects) : emptyWorld;
      const faults = [...brokenRules(step), ...(isFaithful ? brokenPromises(step, state.world, world) : [])];
      const reached: Found = { machine, world, from: state, by: event };
      if (faults.length > 0) broken.push(`${faults.join('; ')}: ${wayTo(reached)}`);
      else edges.push({ from: number, event, to: numberOf(reached) });
    }
  }
  return { states: found.map(({ machine }) => machine), edges, broken };
}

/** States from which none of `goals` can be reached. */
export function cannotReach({ states, edges }: Exploration, isGoal: (machine: SessionMachine) => boolean): readonly SessionMachine[] {
  const into = new Map<number, number[]>();
  for (const { from, to } of edges) into.set(to, [...(into.get(to) ?? []), from]);
  const reaching = new Set(states.flatMap((machine, number) => (isGoal(machine) ? [number] : [])));
  for (const number of reaching) for (const from of into.get(number) ?? []) reaching.add(from);
  return states.filter((_, number) => !reaching.has(number));
}

function wayTo(state: Found): string {
  const steps: string[] = [];
  for (let at: Found | null = state; at?.by; at = at.from) steps.unshift(nameOf(at.by));
  return steps.join(' > ');
}

/** An event in a word or two. */
export function nameOf(event: SessionEvent): string {
  if (event.type === 'part-open') return `${event.part} opens`;
  if (event.type === 'part-fail') return `${event.part} fails (${event.error.reason})`;
  return event.type === 'start' ? `start without ${event.unused.join(', ') || 'nothing'}` : event.type;
}
