import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AvatarError } from '../../../src/errors/AvatarError.js';
import type { Grant } from '../../../src/grant/grant.js';
import type { GrantRequest } from '../../../src/grant/createGrantSource.js';
import type { AvatarParams } from '../../../src/services/service.js';
import { createAvatarSession, type AvatarSessionOptions } from '../../../src/session/createAvatarSession.js';
import { createFakeAvatarService } from '../../../src/testing/createFakeAvatarService.js';
import { createFakeChannel } from '../../../src/testing/createFakeChannel.js';
import { createFakeMicrophone } from '../../../src/testing/createFakeMicrophone.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

const FAR_FUTURE_MS = 4e12;

function makeGrant(token: string): Grant {
  return {
    version: 1,
    sessionId: 'session-1',
    expiresAt: FAR_FUTURE_MS,
    renewal: 'renewal-pass',
    avatar: { service: 'akool-streaming', avatarId: 'anna', url: 'ws://127.0.0.1/relay', ticket: 'ticket', ticketExpiresAt: FAR_FUTURE_MS },
    channel: { kind: 'loopback', appId: 'app', channel: 'room', token, uid: 1, avatarUid: 2, tokenExpiresAt: FAR_FUTURE_MS, url: 'ws://127.0.0.1/channel' },
  };
}

function setUp(options: Partial<AvatarSessionOptions> = {}) {
  const clock = createManualClock();
  const service = createFakeAvatarService();
  const channel = createFakeChannel();
  const microphone = createFakeMicrophone();
  const requests: GrantRequest['purpose'][] = [];
  const session = createAvatarSession({
    grant: async ({ purpose }: GrantRequest) => {
      requests.push(purpose);
      return makeGrant(`token-${requests.length}`);
    },
    avatar: service,
    channel,
    microphone,
    clock,
    ...options,
  });
  const errors: string[] = [];
  session.on('error', ({ error }) => errors.push(error.reason));
  const status = () => session.getSnapshot().status;
  return { clock, service, channel, microphone, requests, session, errors, status };
}

const lost = () => new AvatarError('connection-lost', { message: 'lost' });
const dropped = (unsentAudioMs = 0) => ({ type: 'disconnect' as const, error: lost(), unsentAudioMs });

describe('createAvatarSession', () => {
  let unhandled: unknown[] = [];
  const onUnhandled = (error: unknown) => void unhandled.push(error);
  beforeEach(() => {
    unhandled = [];
    process.on('unhandledRejection', onUnhandled);
  });
  afterEach(() => {
    process.off('unhandledRejection', onUnhandled);
    expect(unhandled).toEqual([]);
  });

  it('goes live once grant, microphone, channel and avatar are there', async () => {
    const { session, status, microphone, service, channel } = setUp();
    const seen: string[] = [];
    session.on('state-change', ({ state }) => {
      if (seen.at(-1) !== state.status) seen.push(state.status);
    });
    await session.start();
    expect(seen).toEqual(['authorizing', 'connecting', 'live']);
    expect(status()).toBe('live');
    expect(session.getSnapshot().sessionId).toBe('session-1');
    expect([microphone.getSnapshot().status, service.connected, channel.joined]).toEqual(['on', true, true]);
    await session.end();
  });

  it('joins a second start to the first', async () => {
    const { session, service, requests } = setUp();
    await Promise.all([session.start(), session.start(), session.start()]);
    await session.start();
    expect(requests).toEqual(['start']);
    expect(service.calls).toEqual(['connect']);
    await session.end();
  });

  it('releases everything on end, also in the middle of connecting, and can start again', async () => {
    const { session, service, channel, microphone, clock, status } = setUp();
    const starting = session.start();
    await session.end();
    await expect(starting).rejects.toMatchObject({ reason: 'session-ended' });
    expect(status()).toBe('ended');
    await session.start();
    expect(status()).toBe('live');
    await Promise.all([session.end(), session.end()]);
    await clock.advance(1000);
    expect([service.connected, channel.joined, microphone.getSnapshot().status, status()]).toEqual([false, false, 'off', 'ended']);
    expect(clock.pending).toBe(0);
  });

  it('serialises a start that follows an end at once', async () => {
    const { session, service, status } = setUp();
    await session.start();
    void session.end();
    await session.start();
    expect(status()).toBe('live');
    expect(service.calls).toEqual(['connect', 'close', 'connect']);
    await session.end();
  });

  it('lets the last of start and end win', async () => {
    const { session, status, service } = setUp();
    await session.start();
    void session.end();
    const second = session.start();
    await session.end();
    await expect(second).rejects.toMatchObject({ reason: 'session-ended' });
    expect(status()).toBe('ended');
    expect(service.calls.filter((call) => call === 'connect')).toHaveLength(1);
  });

  it('fails with the reason of the microphone and asks nothing more of anybody', async () => {
    const refusal = new AvatarError('microphone-denied', { message: 'refused' });
    const { session, status, service, channel, errors } = setUp({ microphone: createFakeMicrophone({ refusal }) });
    await expect(session.start()).rejects.toBe(refusal);
    expect(status()).toBe('failed');
    expect(session.getSnapshot().error).toBe(refusal);
    expect([...service.calls, ...channel.calls]).toEqual([]);
    expect(errors).toEqual(['microphone-denied']);
  });

  it('fails at once when the first grant is refused, and recovers by a new start', async () => {
    let refuse = true;
    const { session, status } = setUp({
      grant: async () => {
        if (refuse) throw new AvatarError('no-avatar-available', { message: 'none' });
        return makeGrant('token');
      },
    });
    await expect(session.start()).rejects.toMatchObject({ reason: 'no-avatar-available' });
    expect(status()).toBe('failed');
    refuse = false;
    await session.start();
    expect(status()).toBe('live');
    expect(session.getSnapshot().error).toBeNull();
    await session.end();
  });

  it('tries another avatar with a fresh grant when one is busy', async () => {
    const { session, service, requests, clock, channel } = setUp();
    service.refuseNext(new AvatarError('avatar-busy', { message: 'busy' }), new AvatarError('avatar-unreachable', { message: 'down' }));
    const starting = session.start();
    await clock.advance(3000);
    await starting;
    expect(requests).toEqual(['start', 'renew', 'renew']);
    expect(channel.calls.filter((call) => call === 'join')).toHaveLength(1);
    await session.end();
  });

  it('gives up after the attempts it was given', async () => {
    const { session, service, clock } = setUp({ maxRetryAttempts: 2 });
    service.refuseNext(lost(), lost(), lost(), lost());
    const starting = expect(session.start()).rejects.toMatchObject({ reason: 'connection-lost' });
    await clock.advance(60_000);
    await starting;
    expect(service.calls).toEqual(['connect', 'connect', 'connect']);
    expect(clock.pending).toBe(0);
  });

  it('does not retry what cannot succeed', async () => {
    const { session, service, clock } = setUp();
    service.refuseNext(new AvatarError('key-rejected', { message: 'key' }));
    await expect(session.start()).rejects.toMatchObject({ reason: 'key-rejected' });
    await clock.advance(60_000);
    expect(service.calls).toEqual(['connect']);
  });

  it('keeps the channel when the avatar is lost, comes back, and tells what was lost', async () => {
    const { session, service, channel, microphone, clock, status, requests } = setUp();
    await session.start();
    const recoveries: { lostAudioMs: number; downtimeMs: number }[] = [];
    session.on('recover', (event) => recoveries.push(event));
    service.refuseNext(lost());
    service.emit(dropped(30));
    expect(status()).toBe('reconnecting');
    expect(session.getSnapshot().interruption?.reason).toBe('connection-lost');
    for (let frame = 0; frame < 10; frame++) microphone.sayLevel(0.2);
    await clock.advance(5000);
    expect(status()).toBe('live');
    microphone.sayLevel(0.2);
    expect(requests).toEqual(['start', 'renew', 'renew']);
    expect(channel.calls.filter((call) => call === 'join' || call === 'leave')).toEqual(['join']);
    expect(channel.calls).toContain('renew token-2');
    expect(session.getSnapshot()).toMatchObject({ recoveries: 1, attempt: 0, interruption: null, lostAudioMs: 130 });
    expect(recoveries).toEqual([{ lostAudioMs: 130, downtimeMs: expect.any(Number) as number }]);
    await session.end();
  });

  it('joins the room again when the room is lost', async () => {
    const { session, channel, service, clock, status } = setUp();
    await session.start();
    channel.emit({ type: 'disconnect', error: new AvatarError('channel-failed', { message: 'gone' }) });
    expect(status()).toBe('reconnecting');
    await clock.advance(2000);
    expect(status()).toBe('live');
    expect(channel.calls.filter((call) => call === 'join')).toHaveLength(2);
    expect(service.calls.filter((call) => call === 'connect')).toHaveLength(1);
    await session.end();
  });

  it('goes on without a microphone that is pulled out, and takes it back', async () => {
    const { session, microphone, status, errors, service } = setUp();
    await session.start();
    for (let round = 0; round < 2; round++) {
      microphone.fail(new AvatarError('microphone-unplugged', { message: 'gone' }));
      expect(status()).toBe('live');
      expect(session.getSnapshot().microphone.status).toBe('failed');
      await session.microphone.start();
    }
    microphone.sayLevel(0.1);
    expect(service.received()).toHaveLength(160);
    expect(errors).toEqual(['microphone-unplugged', 'microphone-unplugged']);
    await session.end();
  });

  it('asks for no microphone when it is started to listen only, and takes one that is turned on later', async () => {
    const { session, microphone, status, service } = setUp();
    await session.start({ microphone: false });
    expect([status(), microphone.getSnapshot().status]).toEqual(['live', 'off']);

    await session.microphone.start();
    expect(session.getSnapshot().microphone.status).toBe('on');
    microphone.sayLevel(0.1);
    expect(service.received()).toHaveLength(160);
    await session.end();
    await session.start();
    expect(microphone.getSnapshot().status).toBe('on');
    await session.end();
  });

  it('sends the microphone only while it is not muted', async () => {
    const { session, microphone, service } = setUp();
    await session.start();
    microphone.sayLevel(0.1);
    session.microphone.setMuted(true);
    microphone.sayLevel(0.1);
    session.microphone.setMuted(false);
    microphone.sayLevel(0.1);
    expect(service.received()).toHaveLength(320);
    expect(service.calls).toContain('flush');
    await session.end();
  });

  it('on interrupt raises the turn, silences the room at once, and holds the interrupted utterance back', async () => {
    const { session, microphone, service, channel, clock } = setUp();
    await session.start();
    for (let frame = 0; frame < 50; frame++) microphone.sayLevel(0.001);
    for (let frame = 0; frame < 20; frame++) microphone.sayLevel(0.2);
    const before = service.received().length;
    await session.interrupt();
    expect(session.getSnapshot()).toMatchObject({ turnId: 1, inputHeld: true });
    expect(service.calls).toContain('interrupt');
    expect(channel.calls.at(-1)).toBe('volume 0');
    for (let frame = 0; frame < 40; frame++) microphone.sayLevel(0.2);
    expect(service.received().length).toBe(before);
    await clock.advance(1000);
    expect(channel.calls.at(-1)).toBe('volume 1');
    for (let frame = 0; frame < 30; frame++) microphone.sayLevel(0.001);
    expect(session.getSnapshot().inputHeld).toBe(false);
    const after = service.received().length;
    microphone.sayLevel(0.2);
    expect(service.received().length).toBe(after + 160);
    await session.end();
  });

  it('ignores an interrupt that nobody could hear', async () => {
    const { session, service } = setUp();
    await session.interrupt();
    expect(session.getSnapshot().turnId).toBe(0);
    expect(service.calls).toEqual([]);
  });

  it('speaks a recording at speaking pace, sample for sample, across a lost connection', async () => {
    const { session, service, clock } = setUp({ input: 'none' });
    await session.start();
    const samples = Int16Array.from({ length: 32_000 }, (_, index) => (index % 2000) - 1000);
    const speaking = session.speak(samples);
    await clock.advance(0);
    expect(session.getSnapshot().speaking).toBe(true);
    expect(service.received().length).toBeLessThan(6000);
    await clock.advance(800);
    const first = service.received();
    expect(first.length).toBeGreaterThan(14_000);
    expect(first.length).toBeLessThan(18_000);
    service.emit(dropped());
    await clock.advance(4000);
    await expect(speaking).resolves.toEqual({ interrupted: false, sentMs: 2000 });
    expect([...first, ...service.received()]).toEqual([...samples]);
    expect(session.getSnapshot().speaking).toBe(false);
    await session.end();
  });

  it('cuts speech short on interrupt, and what waits behind it', async () => {
    const { session, clock } = setUp({ input: 'none' });
    await session.start();
    const first = session.speak(new Int16Array(32_000));
    const second = session.speak(new Int16Array(32_000));
    await clock.advance(500);
    await session.interrupt();
    const results = await Promise.all([first, second]);
    expect(results.map((result) => result.interrupted)).toEqual([true, true]);
    expect(results[0]?.sentMs).toBeGreaterThan(400);
    expect(results[1]?.sentMs).toBe(0);
    await session.end();
  });

  it('converts speech of another rate', async () => {
    const { session, service, clock } = setUp({ input: 'none' });
    await session.start();
    const speaking = session.speak(new Int16Array(48_000).fill(1000), { sampleRateHz: 48_000 });
    await clock.advance(2000);
    await speaking;
    expect(service.received().length).toBe(16_000);
    expect(service.received()[8000]).toBe(1000);
    await session.end();
  });

  it('refuses speech that it cannot say', async () => {
    const { session } = setUp({ input: 'none' });
    await expect(session.speak(new Int16Array(160))).rejects.toMatchObject({ reason: 'not-ready' });
    await session.start();
    // A caller without types.
    await expect(session.speak(new Float32Array(160) as unknown as Int16Array)).rejects.toMatchObject({ reason: 'audio-invalid' });
    await expect(session.speak(new Int16Array(160), { sampleRateHz: 5 })).rejects.toMatchObject({ reason: 'invalid-options' });
    expect(session.getSnapshot().speaking).toBe(false);
    await session.end();
  });

  it('sends parameters at once when live, and the latest ones after a reconnect', async () => {
    const { session, service, clock } = setUp({ params: { voiceId: 'v1' } });
    await session.setParams({ language: 'fr' });
    await session.start();
    await session.setParams({ backgroundUrl: 'https://example.com/b.png' });
    expect(service.calls).toContain('params {"voiceId":"v1","language":"fr","backgroundUrl":"https://example.com/b.png"}');
    service.emit(dropped());
    await clock.advance(2000);
    await session.end();
  });

  it('renews the channel token when it is about to expire, without leaving the room', async () => {
    const { session, channel, clock, status, requests } = setUp();
    await session.start();
    channel.emit({ type: 'token-expire' });
    await clock.advance(10);
    expect(requests).toEqual(['start', 'renew-channel']);
    expect(channel.calls).toContain('renew token-2');
    expect(status()).toBe('live');
    await session.end();
  });

  it('reports sound that the browser holds back, until a click', async () => {
    const { session, channel } = setUp();
    await session.start();
    channel.emit({ type: 'playback-block' });
    expect(session.getSnapshot().sound).toBe('blocked');
    await session.resumeSound();
    expect(channel.calls).toContain('resume');
    expect(session.getSnapshot().sound).not.toBe('blocked');
    await session.end();
  });

  it('ends a moment after its last holder lets go, and not when another takes it up', async () => {
    const { session, clock, status } = setUp();
    const releaseFirst = session.retain();
    await session.start();
    releaseFirst();
    releaseFirst();
    const releaseSecond = session.retain();
    await clock.advance(1000);
    expect(status()).toBe('live');
    releaseSecond();
    await clock.advance(1000);
    expect(status()).toBe('ended');
  });

  it('begins anew when it is started by whoever hears that it has failed', async () => {
    let refusals = 1;
    const { session, status } = setUp({
      grant: async () => {
        if (refusals-- > 0) throw new AvatarError('no-avatar-available', { message: 'none' });
        return makeGrant('token');
      },
    });
    const again: Promise<void>[] = [];
    session.on('state-change', ({ state }) => {
      if (state.status === 'failed') again.push(session.start());
    });
    await expect(session.start()).rejects.toMatchObject({ reason: 'no-avatar-available' });
    await again[0];
    expect(status()).toBe('live');
    await session.end();
  });

  it('ends although a room cannot be left', async () => {
    const room = createFakeChannel();
    const { session, status, service } = setUp({
      channel: {
        kind: 'stubborn',
        join: async (options) => ({ ...(await room.join(options)), leave: () => Promise.reject(new Error('no')) }),
      },
    });
    await session.start();
    await session.end();
    expect([status(), service.connected]).toEqual(['ended', false]);
    await session.start();
    expect(status()).toBe('live');
    await session.end();
  });

  it('ends although the server does not hear of it', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/session') response.end(JSON.stringify(makeGrant('token')));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { session, clock, status } = setUp({ grant: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }); // it listens on TCP
    await session.start();
    const ending = session.end();
    await clock.advance(10_000);
    await ending;
    expect([status(), clock.pending]).toEqual(['ended', 0]);
    server.close();
    server.closeAllConnections();
  });

  it.each<[string, () => Promise<void>]>([
    ['refuses', () => Promise.reject(new Error('no'))],
    ['never answers', () => new Promise(() => undefined)],
  ])('comes back although the room %s the renewed token', async (_how, renewToken) => {
    const room = createFakeChannel();
    const { session, status, service, clock } = setUp({
      channel: { kind: 'stubborn', join: async (options) => ({ ...(await room.join(options)), renewToken }) },
    });
    await session.start();
    service.emit(dropped());
    await clock.advance(2000);
    expect(status()).toBe('live');
    await session.end();
  });

  it('fails when the application gives up its own request for a grant', async () => {
    const { session, status } = setUp({ grant: () => Promise.reject(new DOMException('took too long', 'AbortError')) });
    await expect(session.start()).rejects.toMatchObject({ reason: 'grant-failed' });
    expect(status()).toBe('failed');
  });

  it('asks again when the function that fetches the grant fails while it reconnects', async () => {
    let calls = 0;
    const { session, status, service, clock } = setUp({
      grant: async () => {
        if (++calls === 2) throw new TypeError('Failed to fetch');
        return makeGrant('token');
      },
    });
    await session.start();
    service.emit(dropped());
    await clock.advance(5000);
    expect([status(), calls]).toEqual(['live', 3]);
    await session.end();
  });

  it('refuses a renewed grant of another room, in which the avatar would be where nobody looks', async () => {
    let calls = 0;
    const { session, status, service, clock } = setUp({
      grant: async () => {
        const grant = makeGrant('token');
        return { ...grant, channel: { ...grant.channel, channel: `room-${++calls}` } };
      },
    });
    await session.start();
    service.emit(dropped());
    await clock.advance(2000);
    expect(status()).toBe('failed');
    expect(session.getSnapshot().error?.reason).toBe('grant-invalid');
  });

  it('joins a lost room with the grant it has, unless the token is what ended it', async () => {
    const { session, channel, clock, status, requests } = setUp();
    await session.start();
    channel.emit({ type: 'disconnect', error: new AvatarError('channel-failed', { message: 'gone' }) });
    await clock.advance(2000);
    expect([status(), requests]).toEqual(['live', ['start']]);
    channel.emit({ type: 'disconnect', error: new AvatarError('channel-token-expired', { message: 'gone' }) });
    await clock.advance(2000);
    expect([status(), requests]).toEqual(['live', ['start', 'renew']]);
    await session.end();
  });

  it('gives up on a connection that never holds', async () => {
    const { session, service, clock, status } = setUp({ maxRetryAttempts: 3 });
    await session.start();
    for (let round = 0; round < 4; round++) {
      expect(status()).toBe('live');
      service.emit(dropped());
      await clock.advance(5000);
    }
    expect(status()).toBe('failed');
    expect(clock.pending).toBe(0);
  });

  it('comes back any number of times when the connection holds in between', async () => {
    const { session, service, clock, status } = setUp({ maxRetryAttempts: 1 });
    await session.start();
    for (let round = 0; round < 4; round++) {
      service.emit(dropped());
      await clock.advance(20_000);
      expect(status()).toBe('live');
    }
    await session.end();
    expect(clock.pending).toBe(0);
  });

  it('shows a microphone that was on before the session began', async () => {
    const { session, microphone } = setUp({ input: 'none' });
    await microphone.start();
    microphone.setMuted(true);
    await session.start();
    expect(session.getSnapshot().microphone).toMatchObject({ status: 'on', muted: true });
    await session.end();
  });

  it('sends parameters that were set while the avatar connected', async () => {
    const { session, service } = setUp({ params: { voiceId: 'v1' } });
    session.on('avatar-join', () => void session.setParams({ language: 'fr' }));
    await session.start();
    expect(service.calls).toContain('params {"voiceId":"v1","language":"fr"}');
    await session.end();
  });

  it('does not send refused parameters again when it reconnects', async () => {
    const service = createFakeAvatarService();
    const given: AvatarParams[] = [];
    const refusal = new AvatarError('avatar-refused', { message: 'no such voice' });
    const { session, clock } = setUp({
      params: { voiceId: 'v1' },
      avatar: {
        ...service,
        async connect(options) {
          given.push(options.params);
          return { ...(await service.connect(options)), setParams: () => Promise.reject(refusal) };
        },
      },
    });
    await session.start();
    await expect(session.setParams({ voiceId: 'nobody' })).rejects.toBe(refusal);
    service.emit(dropped());
    await clock.advance(2000);
    expect(given).toEqual([{ voiceId: 'v1' }, { voiceId: 'v1' }]);
    await session.end();
  });

  it('stays silent until the last of several interrupts is over, whatever volume is set meanwhile', async () => {
    const { session, channel, clock } = setUp({ input: 'none' });
    await session.start();
    await session.interrupt();
    await clock.advance(200);
    await session.interrupt();
    session.setVolume(0.5);
    await clock.advance(200);
    expect(channel.calls.at(-1)).toBe('volume 0');
    await clock.advance(100);
    expect(channel.calls.at(-1)).toBe('volume 0.5');
    await session.interrupt();
    await session.end();
    expect(clock.pending).toBe(0);
  });

  it('refuses a volume that is no number', () => {
    const { session } = setUp();
    expect(() => session.setVolume(Number.NaN)).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  });

  it('does not say all the rest at once after the page has slept', async () => {
    const { session, service, clock } = setUp({ input: 'none' });
    await session.start();
    const speaking = session.speak(new Int16Array(160_000));
    await clock.advance(100);
    const before = service.received().length;
    await clock.sleep(60_000);
    expect(service.received().length - before).toBeLessThan(16_000);
    await clock.advance(12_000);
    await expect(speaking).resolves.toEqual({ interrupted: false, sentMs: 10_000 });
    await session.end();
  });

  it('refuses options that make no session', () => {
    // A caller without types.
    expect(() => createAvatarSession({})).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
    // A caller without types.
    expect(() => createAvatarSession({ grant: '/x', input: 'mic' } as unknown as AvatarSessionOptions)).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
    expect(() => createAvatarSession({ grant: '/x', maxRetryAttempts: -1 })).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  });
});
