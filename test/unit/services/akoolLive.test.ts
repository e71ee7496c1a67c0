import { beforeAll, describe, expect, it } from 'vitest';
import { AvatarError } from '../../../src/errors/AvatarError.js';
import type { LeaseState } from '../../../src/grant/lease.js';
import { akoolLive, type AkoolLiveOptions } from '../../../src/services/akool-live/akoolLive.js';
import type { AvatarConnection, AvatarConnectOptions, AvatarParams, AvatarRoom, AvatarServiceEvent } from '../../../src/services/service.js';
import { createFakeGrant } from '../../../src/testing/createFakeGrant.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';
import { AVATAR_UID, createFakeRoom, obedient, type FakeRoom, type Sent } from './createFakeRoom.js';

interface SetUp extends AkoolLiveOptions {
  readonly params?: AvatarParams;
  readonly onSend?: (message: Sent, room: FakeRoom) => void;
  readonly lease?: () => Promise<LeaseState>;
  readonly joining?: Promise<AvatarRoom>;
}

const KEEP_INTERVAL_MS = 30_000;
const grant = createFakeGrant({ avatar: { service: 'akool-live', avatarId: 'anna', keepIntervalMs: KEEP_INTERVAL_MS, endsAt: 4e12 } });
const state = (status: LeaseState['status']): LeaseState => ({ status, keptUntil: 4e12 });
const outcome = (promise: Promise<unknown>) => promise.then((value) => value ?? 'done', (error: unknown) => error);
const lost = (reason: 'session-ended' | 'grant-failed') => new AvatarError(reason, { message: 'x' });

// What a connection needs is loaded by the first one; the manual clock would not wait for that.
beforeAll(async () => {
  await outcome(setUp({ params: { speed: 0 } }).connect());
});

function setUp({ params = {}, onSend = obedient, lease, joining, ...options }: SetUp = {}) {
  const clock = createManualClock();
  const room = createFakeRoom(onSend);
  const controller = new AbortController();
  const events: AvatarServiceEvent[] = [];
  let asked = 0;
  const connectOptions: AvatarConnectOptions = {
    grant,
    params,
    clock,
    signal: controller.signal,
    room: () => joining ?? Promise.resolve(room),
    keepLease: lease
      ? () => {
          asked++;
          return lease();
        }
      : null,
    onEvent: (event) => events.push(event),
  };
  const connect = () => akoolLive(options).connect(connectOptions);
  const connectReady = async () => {
    room.enter();
    const connecting = connect();
    connecting.catch(() => undefined); // handled by the test, once time has passed
    await clock.advance(0);
    return connecting;
  };
  const of = <Type extends AvatarServiceEvent['type']>(type: Type) => events.filter((event): event is Extract<AvatarServiceEvent, { type: Type }> => event.type === type);
  const commands = () => room.sent.flatMap(({ pld }) => (pld.cmd ? [pld.cmd] : []));
  const texts = () => room.sent.flatMap(({ pld }) => (pld.text === undefined ? [] : [pld.text]));
  return { clock, room, controller, events, connect, connectReady, of, commands, texts, asked: () => asked };
}

const said = (from: 'bot' | 'user', text: string, mid: string, fin = true, idx = 0) => ({ v: 2, type: 'chat', mid, idx, fin, pld: { from, text } });
const speaking = (is: boolean) => ({ v: 2, type: 'event', mid: 'e', pld: { event: is ? 'audio_start' : 'audio_end' } });

describe('akoolLive while it connects', () => {
  it('is ready once the avatar is in the room', async () => {
    const { connect, room, clock, of, events } = setUp();
    const connecting = connect();
    await clock.advance(10_000);
    expect(events).toEqual([]);
    room.enter();
    const connection = await connecting;
    expect(events).toEqual([{ type: 'connect' }, { type: 'join', channelId: 'fake-room' }]);
    expect(connection.info()).toEqual({
      service: 'akool-live', connected: true, ready: true, sessionId: 'fake-session', avatarId: 'anna', channelId: 'fake-room', roundTripMs: null, sentAudioMs: 0,
    });
    expect([connection.inputFormat, connection.sendAudio(new Int16Array(160))]).toEqual([null, 0]);
    // Nothing was to be set.
    expect(room.sent).toEqual([]);
    await connection.close();
    expect(of('disconnect')).toEqual([]);
    expect([clock.pending, room.listenerCount]).toEqual([0, 0]);
  });

  it('asks the session route for what its options say', () => {
    expect(akoolLive().grantRequest).toEqual({ service: 'akool-live' });
    expect(akoolLive({ avatarId: 'a', voiceId: 'v', language: 'en', backgroundUrl: 'https://example.com/b.png', mode: 'retelling', joinTimeoutMs: 1 }).grantRequest).toEqual({
      service: 'akool-live', avatarId: 'a', voiceId: 'v', language: 'en', backgroundUrl: 'https://example.com/b.png', mode: 'retelling',
    });
    expect(akoolLive().hears).toBe('room');
  });

  it('tells once how far the vendor is, asking once a second', async () => {
    const stages: LeaseState['status'][] = ['queueing', 'queueing', 'processing', 'unknown', 'processing', 'ready'];
    const { connect, room, clock, of, asked } = setUp({ lease: async () => state(stages.shift() ?? 'ready') });
    const connecting = connect();
    await clock.advance(4_500);
    expect(asked()).toBe(5);
    expect(of('progress').map(({ stage }) => stage)).toEqual(['queueing', 'processing', 'processing']);
    room.enter();
    await (await connecting).close();
  });

  it('fails at once when the vendor has failed, even before the room is joined', async () => {
    const { connect, clock, room } = setUp({ lease: async () => state('failed'), joining: new Promise(() => {}) });
    const connecting = outcome(connect());
    await clock.advance(0);
    await expect(connecting).resolves.toMatchObject({ reason: 'avatar-error', retryable: false });
    expect([clock.pending, room.listenerCount]).toEqual([0, 0]);
  });

  it('gives up on an avatar that does not come, and leaves nothing behind', async () => {
    const { connect, clock, room } = setUp({ lease: async () => state('queueing') });
    const connecting = outcome(connect());
    await clock.advance(44_999);
    expect(room.listenerCount).toBe(1);
    await clock.advance(1);
    await expect(connecting).resolves.toMatchObject({ reason: 'avatar-timeout', retryable: true });
    expect([clock.pending, room.listenerCount]).toEqual([0, 0]);
  });

  it('stops when aborted, wherever it is', async () => {
    for (const step of ['room', 'avatar', 'parameters'] as const) {
      const { connect, clock, room, controller, events } = setUp({
        lease: async () => state('queueing'),
        params: { language: 'en' },
        onSend: () => undefined,
        ...(step === 'room' ? { joining: new Promise(() => {}) } : {}),
      });
      if (step === 'parameters') room.enter();
      const connecting = outcome(connect());
      await clock.advance(2_500);
      controller.abort();
      await expect(connecting).resolves.toMatchObject({ name: 'AbortError' });
      await clock.advance(0);
      expect([clock.pending, room.listenerCount]).toEqual([0, 0]);
      room.enter();
      expect(events.map(({ type }) => type).filter((type) => type !== 'progress')).toEqual([]);
      await expect(connect()).rejects.toMatchObject({ name: 'AbortError' });
    }
  });

  it('sets every parameter under the vendor’s name before it is ready, and nothing that is empty', async () => {
    const { connectReady, room, events } = setUp({
      params: {
        voiceId: 'v', language: 'de', backgroundUrl: '', mode: 'dialogue', voiceUrl: undefined, speed: 0.8, pronunciations: { visavis: 'vee-za-vee' }, speechLanguage: 'de',
        turnDetection: { type: 'semantic', threshold: 0, prefixPaddingMs: 300, silenceDurationMs: 500 },
      },
    });
    await connectReady();
    expect(room.sent.map(({ pld }) => pld)).toEqual([
      {
        cmd: 'set-params',
        data: {
          lang: 'de', mode: 2,
          vparams: {
            vid: 'v', speed: 0.8, pron_map: { visavis: 'vee-za-vee' }, stt_language: 'de',
            turn_detection: { type: 'semantic_vad', threshold: 0, prefix_padding_ms: 300, silence_duration_ms: 500 },
          },
        },
      },
    ]);
    // The acknowledgement comes first.
    expect(events.map(({ type }) => type)).toEqual(['message', 'connect', 'join']);
  });

  it('fails when the parameters are refused, or never acknowledged', async () => {
    const refusing = setUp({ params: { language: 'xx' }, onSend: (message, room) => room.acknowledge(1003, message) });
    await expect(refusing.connectReady()).rejects.toMatchObject({ reason: 'avatar-refused', context: { code: 1003 } });
    const silent = setUp({ params: { language: 'en' }, onSend: () => undefined, ackTimeoutMs: 50 });
    silent.room.enter();
    const connecting = outcome(silent.connect());
    await silent.clock.advance(50);
    await expect(connecting).resolves.toMatchObject({ reason: 'avatar-timeout' });
    for (const { clock, room } of [refusing, silent]) expect([clock.pending, room.listenerCount]).toEqual([0, 0]);
  });

  it.each<[string, AvatarParams]>([
    ['speed', { speed: 1.3 }],
    ['speed', { speed: Number.NaN }],
    ['turnDetection.threshold', { turnDetection: { threshold: -0.1 } }],
    ['turnDetection.silenceDurationMs', { turnDetection: { silenceDurationMs: -1 } }],
    // @ts-expect-error: JavaScript may say anything
    ['mode', { mode: 'monologue' }],
  ])('refuses a wrong %s before it is sent', async (parameter, params) => {
    const { connectReady, room } = setUp({ params });
    await expect(connectReady()).rejects.toMatchObject({ reason: 'avatar-refused', context: { parameter } });
    expect([room.sent, room.listenerCount]).toEqual([[], 0]);
  });

  it('refuses options that make no sense, and a grant for something else', async () => {
    for (const options of [{ joinTimeoutMs: 0 }, { leaveGraceMs: Number.NaN }, { ackTimeoutMs: -1 }]) {
      expect(() => akoolLive(options)).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
    }
    // @ts-expect-error: JavaScript may say anything
    expect(() => akoolLive({ mode: 'both' })).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
    const clock = createManualClock();
    const connecting = akoolLive().connect({
      grant: createFakeGrant(), params: {}, clock, signal: new AbortController().signal, room: async () => createFakeRoom(), keepLease: null, onEvent: () => undefined,
    });
    await expect(connecting).rejects.toMatchObject({ reason: 'grant-invalid' });
  });
});

describe('akoolLive in conversation', () => {
  it('writes down what both say as it grows, and passes every message on', async () => {
    const { connectReady, room, of } = setUp();
    await connectReady();
    room.say(said('user', 'Who are ', 'u', false));
    room.say(said('user', 'you?', 'u', true, 1));
    room.say(said('bot', 'A face.', 'b'));
    room.say({ v: 2, type: 'novelty', pld: 1 });
    expect(of('transcript')).toEqual([
      { type: 'transcript', role: 'user', text: 'Who are ', final: false },
      { type: 'transcript', role: 'user', text: 'Who are you?', final: true },
      { type: 'transcript', role: 'assistant', text: 'A face.', final: true },
    ]);
    expect(of('message')).toHaveLength(4);
  });

  it('closes an answer that the next one follows without an end', async () => {
    const { connectReady, room, of } = setUp();
    await connectReady();
    room.say(said('bot', 'One', 'b1', false));
    room.say(said('bot', 'Two', 'b2', true));
    // A part that comes after the end would begin an entry of its own.
    room.say(said('bot', ' and more', 'b1', true, 1));
    expect(of('transcript').map(({ text, final }) => [text, final])).toEqual([['One', false], ['One', true], ['Two', true]]);
  });

  it('hears nobody but the avatar', async () => {
    const { connectReady, room, events } = setUp();
    await connectReady();
    const before = events.length;
    room.enter(99);
    room.say(said('bot', 'I am another.', 'x'), 99);
    expect(events).toHaveLength(before);
  });

  it('says when the avatar speaks, and reports what cannot be read', async () => {
    const { connectReady, room, of } = setUp();
    await connectReady();
    room.say(speaking(true));
    room.say(speaking(false));
    room.say('{');
    expect(of('speaking').map((event) => event.speaking)).toEqual([true, false]);
    expect(of('error')).toMatchObject([{ error: { reason: 'message-invalid' } }]);
  });

  it('drops what still comes of an answer that was interrupted, and writes down the next one', async () => {
    const { connectReady, room, of, clock } = setUp({ onSend: () => undefined });
    const connection = await connectReady();
    room.say(said('bot', 'Once upon', 'b1', false));
    const interrupting = connection.interrupt();
    await clock.advance(0);
    room.say(said('bot', ' a time', 'b1', false, 1));
    // Begun before the avatar has heard.
    room.say(said('bot', 'there was', 'b2', false));
    room.say(said('user', 'Stop.', 'u'));
    room.acknowledge();
    await interrupting;
    room.say(said('bot', ' a king', 'b2', true, 1));
    room.say(said('bot', 'Yes?', 'b3'));
    expect(of('transcript').map(({ text }) => text)).toEqual(['Once upon', 'Stop.', 'Yes?']);
  });

  it('sends typed text and writes it down once, though the vendor echo it', async () => {
    const { connectReady, room, of, texts } = setUp();
    const connection = await connectReady();
    await connection.sendText?.('Hello there');
    room.say(said('user', 'Hello', 'u1', false));
    room.say(said('user', ' there', 'u1', true, 1));
    room.say(said('user', 'Hello', 'u2', true));
    expect(texts()).toEqual(['Hello there']);
    expect(of('transcript')).toEqual([
      { type: 'transcript', role: 'user', text: 'Hello there', final: true },
      { type: 'transcript', role: 'user', text: 'Hello', final: true },
    ]);
    await expect(connection.sendText?.('')).rejects.toMatchObject({ reason: 'invalid-options' });
    expect(of('transcript')).toHaveLength(2);
  });

  it('writes nothing down for text that the avatar only repeats', async () => {
    const { connectReady, of } = setUp({ mode: 'retelling' });
    const connection = await connectReady();
    await connection.sendText?.('Repeat me.');
    expect(of('transcript')).toEqual([]);
  });

  it('moves, and refuses names that the avatar does not know', async () => {
    const { connectReady, room } = setUp();
    const connection = await connectReady();
    await connection.act?.({ action: 'hand_wave', expression: 'happiness' });
    await connection.act?.({ expression: 'fear' });
    expect(room.sent.map(({ pld }) => pld)).toEqual([
      { cmd: 'set-action', data: { action: 'hand_wave', expression: 'happiness' } },
      { cmd: 'set-action', data: { expression: 'fear' } },
    ]);
    for (const gesture of [{ action: 'fly' }, { expression: 'bored' }, {}]) {
      await expect(connection.act?.(gesture)).rejects.toMatchObject({ reason: 'invalid-options' });
    }
    expect(room.sent).toHaveLength(2);
  });

  it('measures the way to the avatar and back by its acknowledgements', async () => {
    const { connectReady, room, clock } = setUp({ onSend: () => undefined });
    const connection = await connectReady();
    const setting = connection.setParams({ speed: 1 });
    await clock.advance(80);
    room.acknowledge();
    await setting;
    expect(connection.info().roundTripMs).toBe(80);
  });
});

describe('akoolLive when it loses the avatar', () => {
  it('waits 5 s for an avatar that leaves, since the vendor may publish again', async () => {
    const { connectReady, room, clock, of } = setUp();
    const connection = await connectReady();
    room.leave();
    await clock.advance(4_999);
    room.enter(8);
    await clock.advance(10_000);
    expect(of('disconnect')).toEqual([]);
    room.say(speaking(true), 8);
    expect(of('speaking')).toHaveLength(1);
    room.leave(8);
    await clock.advance(5_000);
    expect(of('disconnect')).toMatchObject([{ error: { reason: 'connection-lost', retryable: true }, unsentAudioMs: 0 }]);
    expect(connection.info()).toMatchObject({ connected: false, ready: false });
    expect([clock.pending, room.listenerCount]).toEqual([0, 0]);
  });

  it('goes on with another one that is in the room already', async () => {
    const { connectReady, room, clock, of } = setUp();
    await connectReady();
    room.enter(8);
    room.leave(AVATAR_UID);
    room.enter(8);
    await clock.advance(60_000);
    expect(of('disconnect')).toEqual([]);
  });

  it('ends with its room, and with the reason of the room', async () => {
    const { connectReady, room, events, of, clock } = setUp({ onSend: () => undefined });
    const connection = await connectReady();
    const setting = outcome(connection.setParams({ speed: 1 }));
    room.emit({ type: 'disconnect', error: new AvatarError('channel-token-expired', { message: 'x' }) });
    await expect(setting).resolves.toMatchObject({ reason: 'connection-lost' });
    expect(of('disconnect')).toMatchObject([{ error: { reason: 'channel-token-expired' } }]);
    const count = events.length;
    for (const call of [connection.interrupt(), connection.setParams({}), connection.sendText?.('x'), connection.act?.({ action: 'nod' })]) {
      await expect(call).rejects.toMatchObject({ reason: 'connection-lost' });
    }
    await connection.close();
    expect(events).toHaveLength(count);
    expect(clock.pending).toBe(0);
  });
});

describe('the lease of akoolLive', () => {
  async function keeping(lease: () => Promise<LeaseState>): Promise<ReturnType<typeof setUp> & { readonly connection: AvatarConnection }> {
    const given = setUp({ lease });
    const connection = await given.connectReady();
    // The last question of the time when the user waited.
    await given.clock.advance(1_000);
    return { ...given, connection };
  }

  it('is kept as often as the server asks, and no longer after the end', async () => {
    const { clock, asked, connection } = await keeping(async () => state('ready'));
    const before = asked();
    await clock.advance(10 * KEEP_INTERVAL_MS);
    expect(asked() - before).toBe(10);
    await connection.close();
    expect(clock.pending).toBe(0);
  });

  it('ends the connection for good when the server says that the session has ended', async () => {
    let answer: () => Promise<LeaseState> = async () => state('ready');
    const { clock, of } = await keeping(() => answer());
    answer = () => Promise.reject(lost('session-ended'));
    await clock.advance(KEEP_INTERVAL_MS);
    expect(of('disconnect')).toMatchObject([{ error: { reason: 'session-ended', retryable: false } }]);
    expect(clock.pending).toBe(0);
  });

  it('asks for another session when the vendor’s has failed', async () => {
    let status: LeaseState['status'] = 'ready';
    const { clock, of } = await keeping(async () => state(status));
    status = 'failed';
    await clock.advance(KEEP_INTERVAL_MS);
    expect(of('disconnect')).toMatchObject([{ error: { reason: 'connection-lost', retryable: true } }]);
  });

  it('survives a server that cannot be reached for less than two leases, and asks it more often meanwhile', async () => {
    let away = false;
    const { clock, of, asked } = await keeping(() => (away ? Promise.reject(lost('grant-failed')) : Promise.resolve(state('ready'))));
    away = true;
    const before = asked();
    await clock.advance(KEEP_INTERVAL_MS * 5);
    expect(asked() - before).toBeGreaterThan(20);
    away = false;
    await clock.advance(KEEP_INTERVAL_MS);
    away = true;
    await clock.advance(KEEP_INTERVAL_MS * 5);
    expect(of('disconnect')).toEqual([]);
    await clock.advance(KEEP_INTERVAL_MS * 2);
    expect(of('disconnect')).toMatchObject([{ error: { reason: 'connection-lost', retryable: true } }]);
    expect(clock.pending).toBe(0);
  });
});
