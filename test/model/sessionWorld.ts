import type { SessionEffect } from '../../src/session/reduceSession.js';
import type { SessionEvent, SessionPart } from '../../src/session/SessionEvent.js';
import { PARTS } from './sessionAlphabet.js';

/**
 * What surrounds the reducer, as far as it has been told: which parts were asked for and have answered, and which timers run. It is kept
 * from the effects and the events alone, never from the reducer's own state, so that the two can be held against each other.
 */
export interface SessionWorld {
  /** False before the first start, and when everything has been told to close. */
  readonly isRunning: boolean;
  readonly unused: readonly SessionPart[];
  /** Requests to open it that were not answered yet. */
  readonly opening: Readonly<Record<SessionPart, number>>;
  readonly open: Readonly<Record<SessionPart, boolean>>;
  readonly retries: number;
  readonly hold: boolean;
  readonly closing: boolean;
}

const NONE = { grant: 0, microphone: 0, channel: 0, avatar: 0, voice: 0 };
const NOTHING_OPEN = { grant: false, microphone: false, channel: false, avatar: false, voice: false };

export const emptyWorld: SessionWorld = { isRunning: false, unused: [], opening: NONE, open: NOTHING_OPEN, retries: 0, hold: false, closing: false };

/** Whether the surroundings can say that now. */
export function canHappen(world: SessionWorld, event: SessionEvent): boolean {
  switch (event.type) {
    case 'start':
      // A start waits until what was there before is closed.
      return !world.closing;
    case 'teardown-finish':
      return world.closing;
    case 'part-open':
      return world.opening[event.part] > 0;
    case 'part-fail':
      return world.opening[event.part] > 0 || (event.part !== 'grant' && world.open[event.part]);
    case 'retry-due':
      return world.retries > 0;
    case 'connection-hold':
      return world.hold;
    case 'room-change':
    case 'network-change':
    case 'video-change':
    case 'audio-change':
      return world.open.channel || world.opening.channel > 0;
    case 'avatar-progress':
      return world.opening.avatar > 0;
    case 'session-name':
      return world.opening.grant > 0;
    case 'live-note':
      // The answer to an effect, given at once.
      return world.isRunning && PARTS.every((part) => world.open[part] || world.unused.includes(part));
    default:
      return true;
  }
}

/** The surroundings after an event and what the reducer asked for upon it. */
export function worldAfter(world: SessionWorld, event: SessionEvent, effects: readonly SessionEffect[]): SessionWorld {
  return effects.reduce(perform, happen(world, event));
}

function happen(world: SessionWorld, event: SessionEvent): SessionWorld {
  switch (event.type) {
    case 'start':
      return world.isRunning ? world : { ...emptyWorld, isRunning: true, unused: event.unused };
    case 'teardown-finish':
      return { ...world, closing: false };
    case 'part-open':
      return { ...world, opening: { ...world.opening, [event.part]: Math.max(0, world.opening[event.part] - 1) }, open: { ...world.open, [event.part]: true } };
    case 'part-fail':
      return { ...world, opening: { ...world.opening, [event.part]: Math.max(0, world.opening[event.part] - 1) }, open: { ...world.open, [event.part]: false } };
    case 'retry-due':
      return { ...world, retries: Math.max(0, world.retries - 1) };
    case 'connection-hold':
      return { ...world, hold: false };
    default:
      return world;
  }
}

function perform(world: SessionWorld, effect: SessionEffect): SessionWorld {
  switch (effect.type) {
    case 'open':
      return { ...world, opening: { ...world.opening, [effect.part]: world.opening[effect.part] + 1 }, open: { ...world.open, [effect.part]: false } };
    case 'schedule-retry':
      return { ...world, retries: world.retries + 1, hold: false };
    case 'schedule-hold':
      return { ...world, hold: true };
    case 'teardown':
      return { ...emptyWorld, closing: true };
    default:
      return world;
  }
}
