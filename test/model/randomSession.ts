import fc from 'fast-check';
import { initialSessionMachine, reduceSession, type SessionMachine } from '../../src/session/reduceSession.js';
import type { SessionEvent } from '../../src/session/SessionEvent.js';
import { nameOf } from './exploreSession.js';
import { SESSION_ALPHABET } from './sessionAlphabet.js';
import { brokenPromises, brokenRules } from './sessionOracle.js';
import { canHappen, emptyWorld, worldAfter, type SessionWorld } from './sessionWorld.js';

/** fast-check keeps the two side by side: `world` is its model, `machine` what is tested. */
interface Model {
  world: SessionWorld;
}
interface Real {
  machine: SessionMachine;
}

const MAX_ATTEMPTS = 6;

/** An event, said when the surroundings can say it. */
class Happening implements fc.Command<Model, Real> {
  constructor(
    private readonly event: SessionEvent,
    private readonly onEvent: () => void,
  ) {}

  check({ world }: Readonly<Model>): boolean {
    return canHappen(world, this.event);
  }

  run(model: Model, real: Real): void {
    this.onEvent();
    const { machine, effects } = reduceSession(real.machine, this.event, { maxAttempts: MAX_ATTEMPTS });
    const step = { before: real.machine, event: this.event, after: machine, effects, maxAttempts: MAX_ATTEMPTS };
    const next = worldAfter(model.world, this.event, effects);
    const broken = [...brokenRules(step), ...brokenPromises(step, model.world, next)];
    if (broken.length > 0) throw new Error(broken.join('; '));
    model.world = next;
    real.machine = machine;
  }

  toString(): string {
    return nameOf(this.event);
  }
}

export interface RandomSessionOptions {
  /** How many events are to happen at least. */
  readonly events: number;
  readonly seed?: number;
}

/**
 * Lets things happen to sessions by chance, those that end a session more rarely than others, and holds every step against the oracle.
 * @returns how many events happened.
 * @throws with the shortest sequence that fast-check finds, when a promise is broken.
 */
export function tryRandomSessions({ events, seed }: RandomSessionOptions): number {
  let happened = 0;
  const count = (): void => void happened++;
  const ends = (event: SessionEvent): boolean => event.type === 'end' || (event.type === 'part-fail' && !event.error.retryable);
  const weightOf = (event: SessionEvent): number => (ends(event) ? 1 : event.type === 'part-open' || event.type === 'retry-due' || event.type === 'connection-hold' || event.type === 'teardown-finish' ? 60 : 6);
  const happenings = fc.oneof(...SESSION_ALPHABET.map((event) => ({ arbitrary: fc.constant(new Happening(event, count)), weight: weightOf(event) })));
  for (let round = 0; happened < events; round++) {
    const commands = fc.commands([happenings], { maxCommands: 1_000, size: 'max' });
    fc.assert(
      fc.property(commands, (list) => fc.modelRun(() => ({ model: { world: emptyWorld }, real: { machine: initialSessionMachine } }), list)),
      { numRuns: Math.max(1, Math.min(50, Math.ceil((events - happened) / 500))), ...(seed === undefined ? {} : { seed: seed + round }) },
    );
  }
  return happened;
}
