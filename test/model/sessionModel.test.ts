import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { drawStates } from './drawStates.js';
import { exploreInterruption } from './exploreInterruption.js';
import { cannotReach, coreKey, exploreSession, roomKey, speechKey } from './exploreSession.js';
import { tryRandomSessions } from './randomSession.js';
import { WIRINGS } from './sessionAlphabet.js';

// Seconds on a machine that does nothing else.
vi.setConfig({ testTimeout: 120_000 });

describe('the session, explored over all states', () => {
  it.each(Object.entries(WIRINGS))('keeps its promises in every state of a session that is %s', (_name, unused) => {
    const exploration = exploreSession({ wirings: [unused], maxAttempts: 2, keyOf: coreKey, isFaithful: true });
    expect(exploration.broken).toEqual([]);
    expect(cannotReach(exploration, ({ phase }) => phase === 'ended')).toEqual([]);
    expect(cannotReach(exploration, ({ view }) => view.status === 'live')).toEqual([]);
  });

  it('contradicts itself in no state, whatever event comes there', () => {
    const exploration = exploreSession({ wirings: Object.values(WIRINGS), maxAttempts: 2, keyOf: coreKey, isFaithful: false });
    expect(exploration.broken).toEqual([]);
  });

  it.each([['the room', roomKey, WIRINGS.driven], ['the speech', speechKey, WIRINGS.alone]] as const)('shows %s only while it is there', (_what, keyOf, wiring) => {
    const exploration = exploreSession({ wirings: [wiring], maxAttempts: 1, keyOf: (machine) => `${coreKey(machine)};${keyOf(machine)}`, isFaithful: true });
    expect(exploration.broken).toEqual([]);
    expect(cannotReach(exploration, ({ phase }) => phase === 'ended')).toEqual([]);
  });
});

describe('the session, by chance', () => {
  it('keeps its promises over 50,000 events', () => {
    expect(tryRandomSessions({ events: 50_000 })).toBeGreaterThanOrEqual(50_000);
  });
});

describe('what becomes of the sound of an avatar', () => {
  it('keeps its rules over every sequence of three inputs', () => {
    const { broken, steps } = exploreInterruption(3);
    expect(broken).toEqual([]);
    expect(steps).toBeGreaterThan(40_000);
  });
});

describe('docs/session-states.md', () => {
  it('is what the exploration gives: npm run generate', () => {
    expect(readFileSync('docs/session-states.md', 'utf8') === drawStates(), 'docs/session-states.md is out of date: npm run generate').toBe(true);
  });
});
