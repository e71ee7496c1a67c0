import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AvatarError } from '../../../src/errors/AvatarError.js';
import { createAvatarSession } from '../../../src/session/createAvatarSession.js';
import { createLogWriter, safeText } from '../../../src/session/log/createLogWriter.js';
import { createSessionRing } from '../../../src/session/log/createSessionRing.js';
import { replayLog } from '../../../src/session/log/replayLog.js';
import { LOG_LIMITS } from '../../../src/session/log/SessionLog.js';
import { writeSessionLog } from '../../../src/session/log/writeSessionLog.js';
import { initialSessionMachine, reduceSession } from '../../../src/session/reduceSession.js';
import type { SessionEvent } from '../../../src/session/SessionEvent.js';
import { createFakeAvatarService } from '../../../src/testing/createFakeAvatarService.js';
import { createFakeChannel } from '../../../src/testing/createFakeChannel.js';
import { createFakeGrant } from '../../../src/testing/createFakeGrant.js';
import { createFakeMicrophone } from '../../../src/testing/createFakeMicrophone.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';
import { SESSION_ALPHABET } from '../../model/sessionAlphabet.js';

const POLICY = { maxAttempts: 3 };
const plain = createLogWriter({ words: safeText, device: () => 'device-1', epochMs: 0 });

function setUp() {
  const clock = createManualClock();
  const service = createFakeAvatarService();
  const channel = createFakeChannel();
  const microphone = createFakeMicrophone();
  const session = createAvatarSession({ grant: async () => createFakeGrant(), avatar: service, channel, microphone, clock });
  return { clock, service, channel, microphone, session };
}

/** A ring to which all that has happened, and the states that the reducer made of it. */
function recorded(events: readonly SessionEvent[]) {
  const ring = createSessionRing(POLICY);
  let machine = initialSessionMachine;
  const states = events.map((event) => {
    ring.record(event);
    machine = reduceSession(machine, event, POLICY).machine;
    return machine.view;
  });
  return { ring, states };
}

describe('session.exportLog', () => {
  it('gives what a session with faults went through, and the same states come of it again', async () => {
    const { session, service, channel, clock, microphone } = setUp();
    const statuses: string[] = [session.getSnapshot().status];
    session.on('state-change', ({ state }) => {
      if (statuses.at(-1) !== state.status) statuses.push(state.status);
    });
    await session.start();
    service.emit({ type: 'transcript', role: 'assistant', text: 'Good day.', final: true });
    service.emit({ type: 'disconnect', error: new AvatarError('connection-lost', { message: 'It was lost.' }), unsentAudioMs: 40 });
    await clock.advance(2_000);
    channel.emit({ type: 'disconnect', error: new AvatarError('channel-token-expired', { message: 'It has expired.' }) });
    await clock.advance(5_000);
    microphone.push({ muted: true });
    await session.end();

    const { steps, matches, log } = replayLog(JSON.stringify(await session.exportLog()));
    expect(matches).toBe(true);
    expect(log.droppedEvents).toBe(0);
    const replayed = ['idle', ...steps.map(({ state }) => state.status)];
    expect(replayed.filter((status, place) => status !== replayed[place - 1])).toEqual(statuses);
    expect(statuses).toEqual(['idle', 'authorizing', 'connecting', 'live', 'reconnecting', 'live', 'reconnecting', 'live', 'ending', 'ended']);
    expect(steps.at(-1)?.state).toMatchObject({ lostAudioMs: 40, recoveries: 2, transcript: [{ text: 'Good day.' }] });
  });

  it('costs nothing for each frame of sound', async () => {
    const { session, microphone } = setUp();
    await session.start();
    const { entries } = await session.exportLog();
    for (let frame = 0; frame < 200; frame++) microphone.emitLevel(0.5);
    expect((await session.exportLog()).entries).toHaveLength(entries.length);
    await session.end();
  });
});

describe('a log', () => {
  it('becomes the same states again, whatever happened', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...SESSION_ALPHABET), { maxLength: 120 }), (events) => {
        const { ring, states } = recorded(events);
        const log = writeSessionLog({ ...ring.read(), startedAtMs: 0 });
        const { steps, matches } = replayLog(JSON.stringify(log));
        expect(matches).toBe(true);
        expect(steps.map(({ state }) => plain(state))).toEqual(states.map((state) => plain(state)));
      }),
      { numRuns: 150 },
    );
  });

  it('keeps the latest of what happened, in bounds of entries and of bytes, and still replays', () => {
    const text = 'é'.repeat(700);
    const events: SessionEvent[] = [{ type: 'start', unused: ['voice'] }];
    for (let turn = 0; turn < 1_000; turn++) events.push({ type: 'turn-raise' }, { type: 'transcript', role: 'user', text: `${turn} ${text}`, final: true });
    const { ring } = recorded(events);
    const log = writeSessionLog(ring.read());
    expect(log.entries.length).toBeLessThanOrEqual(LOG_LIMITS.entries);
    expect(log.droppedEvents + log.entries.length).toBe(events.length);
    expect(Buffer.byteLength(JSON.stringify(log))).toBeLessThanOrEqual(LOG_LIMITS.bytes);
    expect(replayLog(log)).toMatchObject({ matches: true });
    expect(log.state).toMatchObject({ turnId: 1_000 });
    expect(log.state.transcript).toHaveLength(LOG_LIMITS.transcriptEntries);
  });

  it('leaves out what was said when it is asked to', () => {
    const { ring } = recorded([{ type: 'start', unused: [] }, { type: 'transcript', role: 'user', text: 'My secret wish', final: true, unheard: 'unheard wish' }]);
    const log = writeSessionLog(ring.read(), { logText: false });
    expect(JSON.stringify(log)).not.toContain('wish');
    expect(log.hasText).toBe(false);
    expect(replayLog(log)).toMatchObject({ matches: true });
    expect(JSON.stringify(writeSessionLog(ring.read()))).toContain('My secret wish');
  });

  it('holds neither dates nor the ids of devices', () => {
    const before = Date.now();
    const { ring } = recorded([
      { type: 'start', unused: [] },
      { type: 'speaker-change', speakerId: 'a-device-that-is-known-elsewhere' },
      { type: 'session-name', sessionId: 's', endsAt: before + 60_000 },
    ]);
    const log = writeSessionLog(ring.read());
    expect(log.state).toMatchObject({ speakerId: 'device-1' });
    expect(log.state.endsAt ?? Number.NaN).toBeLessThanOrEqual(60_000);
    expect(JSON.stringify(log)).not.toContain('known-elsewhere');
    expect(JSON.stringify(log)).not.toMatch(/\d{13}/);
  });

  it('never holds a secret that was planted', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9_-]{16,40}$/);
    const place = fc.constantFrom<(planted: string) => SessionEvent>(
      (planted) => failed(`wss://relay.example/r?ticket=${planted} did not answer`),
      (planted) => failed(`https://${planted}@host.example/path#${planted}`),
      (planted) => failed(`The server said {"token":"${planted}"}`),
      (planted) => failed(`authorization: Bearer ${planted}`),
      (planted) => failed(`api_key=${planted}`),
      (planted) => failed(`my_token = '${planted}'`),
      (planted) => failed('refused', { ticket: planted, apiKey: planted, url: `https://a.example/?key=${planted}` }),
      (planted) => ({ type: 'transcript', role: 'user', text: `my password: ${planted}`, final: true }),
      (planted) => ({ type: 'microphone-change', microphone: { status: 'failed', muted: false, error: error(`token=${planted}`), deviceId: planted, interrupted: false } }),
      (planted) => ({ type: 'speaker-change', speakerId: planted }),
      (planted) => ({ type: 'session-name', sessionId: `${planted}${planted}${planted}${planted}`, endsAt: null }),
      (planted) => failed(`${planted}.${planted}.${planted}`),
    );
    fc.assert(
      fc.property(secret, fc.array(place, { minLength: 1, maxLength: 8 }), (planted, places) => {
        const { ring } = recorded([{ type: 'start', unused: [] }, ...places.map((plant) => plant(planted))]);
        const log = JSON.stringify(writeSessionLog(ring.read()));
        expect(log).not.toContain(planted);
        expect(replayLog(log).matches).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, unknown]>([
    ['no JSON', '{'],
    ['a list', []],
    ['another version', { version: 2 }],
    ['no entries', { ...emptyLog(), entries: null }],
    ['too many entries', { ...emptyLog(), entries: Array.from({ length: 501 }, () => ({ atMs: 0, event: { type: 'end' } })) }],
    ['an event that nobody knows', { ...emptyLog(), entries: [{ atMs: 0, event: { type: '__proto__' } }] }],
    ['a failure without its error', { ...emptyLog(), entries: [{ atMs: 0, event: { type: 'part-fail', part: 'grant', error: {} } }] }],
    ['no base', { ...emptyLog(), base: {} }],
  ])('is refused with %s', (_what, log) => {
    expect(() => replayLog(log)).toThrow(expect.objectContaining({ reason: 'message-invalid' }));
  });

  it('keeps no connection alive by the stack or the cause of its error', () => {
    const ring = createSessionRing(POLICY);
    const error = new AvatarError('connection-lost', { message: 'It was lost.', cause: new Error('Which holds much.') });
    ring.record({ type: 'part-fail', part: 'channel', error });
    ring.record({ type: 'microphone-change', microphone: { ...createFakeMicrophone().getSnapshot(), error } });
    const [lost, microphone] = ring.read().events.map(({ event }) => event);
    for (const kept of [lost?.type === 'part-fail' && lost.error, microphone?.type === 'microphone-change' && microphone.microphone.error]) {
      expect(kept).toMatchObject({ reason: 'connection-lost', message: 'It was lost.', retryable: true });
      expect(AvatarError.isInstance(kept)).toBe(true);
      expect(Object.getOwnPropertyNames(kept)).not.toEqual(expect.arrayContaining(['stack']));
      expect(Object.getOwnPropertyNames(kept)).not.toEqual(expect.arrayContaining(['cause']));
    }
  });

  it('says so when other rules made it', () => {
    const log = emptyLog();
    expect(replayLog({ ...log, state: { ...log.state, status: 'live' } }).matches).toBe(false);
  });
});

function emptyLog() {
  return writeSessionLog(createSessionRing(POLICY).read());
}

function error(message: string, context = {}): AvatarError {
  return new AvatarError('connection-lost', { message, context });
}

function failed(message: string, context = {}): SessionEvent {
  return { type: 'part-fail', part: 'avatar', error: error(message, context) };
}
