import { describe, expect, it } from 'vitest';
import { AvatarError } from '../../src/errors/AvatarError.js';
import { initialSessionMachine, reduceSession, type SessionMachine } from '../../src/session/reduceSession.js';
import type { SessionEvent } from '../../src/session/SessionEvent.js';
import { brokenRules } from './sessionOracle.js';
import { WIRINGS } from './sessionAlphabet.js';

const POLICY = { maxAttempts: 2 };
const ERROR = new AvatarError('avatar-refused', { message: 'Planted.' });
const play = (...events: readonly SessionEvent[]): SessionMachine => events.reduce((machine, event) => reduceSession(machine, event, POLICY).machine, initialSessionMachine);
const START: SessionEvent = { type: 'start', unused: WIRINGS.driven };
const LIVE = play(START, { type: 'part-open', part: 'grant' }, { type: 'part-open', part: 'channel' }, { type: 'part-open', part: 'avatar' });
const ENDED = play(START, { type: 'end' }, { type: 'teardown-finish' });
const FAILED = play(START, { type: 'part-fail', part: 'grant', error: ERROR });

/** What the rules say of a step that a reducer with a fault could have made. */
function say(before: SessionMachine, event: SessionEvent, change: (sound: SessionMachine) => SessionMachine): string {
  const { machine, effects } = reduceSession(before, event, POLICY);
  return brokenRules({ before, event, after: change(machine), effects, maxAttempts: POLICY.maxAttempts }).join('; ');
}

describe('the rules that sessions are held against', () => {
  it('have nothing to say about the steps of a sound reducer', () => {
    expect(LIVE.view.status).toBe('live');
    for (const machine of [LIVE, ENDED, FAILED]) expect(say(machine, { type: 'turn-raise' }, (sound) => sound)).toBe('');
  });

  it.each<[string, SessionMachine, SessionEvent, (sound: SessionMachine) => SessionMachine, string]>([
    ['is live without having joined its room', LIVE, { type: 'turn-raise' }, (sound) => ({ ...sound, parts: { ...sound.parts, channel: 'closed' } }), 'live without one of its connections'],
    ['is live while its grant is still asked for', LIVE, { type: 'turn-raise' }, (sound) => ({ ...sound, parts: { ...sound.parts, grant: 'opening' } }), 'live while a part of it is not there yet'],
    ['is live and counts an attempt', LIVE, { type: 'turn-raise' }, (sound) => ({ ...sound, view: { ...sound.view, attempt: 1 } }), 'still waits to connect again'],
    ['fails without an error', FAILED, { type: 'turn-raise' }, (sound) => ({ ...sound, view: { ...sound.view, error: null } }), 'a failure says no reason'],
    ['wakes after its end', ENDED, { type: 'turn-raise' }, (sound) => ({ ...sound, phase: 'running', view: { ...sound.view, status: 'connecting' } }), 'wakes what had come to rest'],
    ['wakes after its failure', FAILED, { type: 'microphone-change', microphone: { ...FAILED.view.microphone } }, (sound) => ({ ...sound, phase: 'idle', view: { ...sound.view, status: 'idle', error: null } }), 'wakes what had come to rest'],
    ['ends by itself', LIVE, { type: 'turn-raise' }, (sound) => ({ ...sound, phase: 'ending', view: { ...sound.view, status: 'ending' } }), 'nobody has ended it'],
    ['tries more often than it may', LIVE, { type: 'turn-raise' }, (sound) => ({ ...sound, spentAttempts: 3 }), 'more attempts than the policy allows'],
    ['speaks after its end', ENDED, { type: 'turn-raise' }, (sound) => ({ ...sound, view: { ...sound.view, speaking: true } }), 'that does not run is busy'],
    ['forgets that it has been live', LIVE, { type: 'turn-raise' }, (sound) => ({ ...sound, hasBeenLive: false }), 'forgets that it has been live'],
    ['counts a recovery that was none', LIVE, { type: 'turn-raise' }, (sound) => ({ ...sound, view: { ...sound.view, recoveries: 1 } }), 'recoveries are counted wrongly'],
    ['raises the turn by itself', LIVE, { type: 'playback-start' }, (sound) => ({ ...sound, view: { ...sound.view, turnId: 5 } }), 'the turn changes by itself'],
  ])('find a session that %s', (_what, before, event, change, words) => {
    expect(say(before, event, change)).toContain(words);
  });
});
