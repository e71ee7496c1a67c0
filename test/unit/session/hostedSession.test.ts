import { describe, expect, it } from 'vitest';
import { AvatarError } from '../../../src/errors/AvatarError.js';
import type { GrantRequest } from '../../../src/grant/createGrantSource.js';
import type { Grant } from '../../../src/grant/grant.js';
import { createAvatarSession, type AvatarSessionOptions } from '../../../src/session/createAvatarSession.js';
import { createFakeAvatarService } from '../../../src/testing/createFakeAvatarService.js';
import { createFakeChannel } from '../../../src/testing/createFakeChannel.js';
import { createFakeMicrophone } from '../../../src/testing/createFakeMicrophone.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

const FAR_FUTURE_MS = 4e12;

/** As much of a track as a room needs. */
interface FakeTrack {
  readonly kind: 'audio';
  enabled: boolean;
  readyState: 'live' | 'ended';
  clone(): FakeTrack;
  stop(): void;
}

function createFakeTrack(copies: FakeTrack[] = []): FakeTrack {
  const track: FakeTrack = {
    kind: 'audio',
    enabled: true,
    readyState: 'live',
    clone() {
      const copy = createFakeTrack(copies);
      copies.push(copy);
      return copy;
    },
    stop: () => void (track.readyState = 'ended'),
  };
  return track;
}

function makeGrant(room: string, token: string): Grant {
  return {
    version: 1,
    sessionId: 'session-1',
    expiresAt: FAR_FUTURE_MS,
    avatar: { service: 'akool-live', avatarId: 'anna', keepIntervalMs: 30_000, endsAt: FAR_FUTURE_MS },
    channel: { kind: 'loopback', appId: 'app', channel: room, token, uid: 1, tokenExpiresAt: FAR_FUTURE_MS, url: 'ws://127.0.0.1/channel' },
  };
}

function setUp(options: Partial<AvatarSessionOptions> = {}) {
  const clock = createManualClock();
  const service = createFakeAvatarService({ hears: 'room' });
  const channel = createFakeChannel();
  const copies: FakeTrack[] = [];
  const devices = [createFakeTrack(copies)];
  const fake = createFakeMicrophone();
  const microphone = { ...fake, getTrack: () => (fake.getSnapshot().status === 'on' ? (devices.at(-1) as unknown as MediaStreamTrack) : null) };
  const requests: GrantRequest['purpose'][] = [];
  let room = 'room-1';
  const session = createAvatarSession({
    grant: async ({ purpose }: GrantRequest) => {
      requests.push(purpose);
      return makeGrant(room, `token-${requests.length}`);
    },
    avatar: service,
    channel,
    microphone,
    clock,
    ...options,
  });
  const errors: string[] = [];
  session.on('error', ({ error }) => errors.push(error.reason));
  return { clock, service, channel, microphone, devices, copies, requests, session, errors, moveTo: (name: string) => void (room = name) };
}

const lost = () => new AvatarError('connection-lost', { message: 'lost' });

describe('a session whose avatar hears and thinks for itself in the room', () => {
  it('opens the avatar in the room that it has joined, and publishes a copy of the microphone there', async () => {
    const { session, service, channel, copies, devices } = setUp();
    await session.start();
    expect(channel.calls).toEqual(['join', 'volume 1', 'publish audio']);
    expect(channel.published).toEqual(copies);
    expect(service.room?.avatarUid).toBeNull();
    channel.emit({ type: 'avatar-join', uid: 7 });
    expect(service.room?.avatarUid).toBe(7);
    await session.end();
    expect(copies.map(({ readyState }) => readyState)).toEqual(['ended']);
    expect(devices[0]?.readyState).toBe('live');
    expect(channel.joined).toBe(false);
  });

  it('does not wait for a room to open an avatar that needs none', async () => {
    const service = createFakeAvatarService();
    const { session } = setUp({ avatar: service });
    await session.start();
    expect(service.room).toBeNull();
    await session.end();
  });

  it('sends no microphone samples to the avatar', async () => {
    const { session, service, microphone } = setUp();
    await session.start();
    microphone.say(new Int16Array(1600).fill(1000));
    expect(service.received()).toHaveLength(0);
    expect(session.getSnapshot().lostAudioMs).toBe(0);
    await session.end();
  });

  it('mutes the published track with the microphone, and not the device for others', async () => {
    const { session, copies } = setUp();
    await session.start();
    session.microphone.setMuted(true);
    expect(copies[0]?.enabled).toBe(false);
    session.microphone.setMuted(false);
    expect(copies[0]?.enabled).toBe(true);
    await session.end();
  });

  it('publishes the new track when the device is another one', async () => {
    const { session, channel, copies, devices, microphone } = setUp();
    await session.start();
    devices.push(createFakeTrack(copies));
    microphone.push({ status: 'on' });
    await expect.poll(() => channel.calls.filter((call) => call.includes('publish'))).toEqual(['publish audio', 'unpublish audio', 'publish audio']);
    expect(copies.map(({ readyState }) => readyState)).toEqual(['ended', 'live']);
    expect(channel.published).toEqual([copies[1]]);
    await session.end();
  });

  it('publishes nothing for a session without a microphone', async () => {
    const { session, channel } = setUp({ input: 'none' });
    await session.start();
    expect(channel.published).toEqual([]);
    await session.end();
  });

  it('refuses a microphone that has no track to give', () => {
    const { getTrack: _getTrack, ...trackless } = { ...createFakeMicrophone(), getTrack: undefined };
    expect(() => setUp({ microphone: trackless })).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  });

  it('says and does what it is asked to through the avatar', async () => {
    const { session, service } = setUp();
    await expect(session.sendText('hello')).rejects.toMatchObject({ reason: 'not-ready' });
    await session.start();
    await session.sendText('hello');
    await session.act({ action: 'nod' });
    expect(service.calls.slice(-2)).toEqual(['text hello', 'act {"action":"nod"}']);
    await expect(session.sendImage({ bytes: new Uint8Array(1), format: 'png', width: 1, height: 1 })).rejects.toMatchObject({ reason: 'not-ready' });
    await session.end();
  });

  it('keeps the transcript of both, and marks what was cut short', async () => {
    const { session, service } = setUp();
    await session.start();
    service.emit({ type: 'transcript', role: 'user', text: 'How are you?', final: true });
    service.emit({ type: 'transcript', role: 'assistant', text: 'I am', final: false });
    await session.interrupt();
    expect(session.getSnapshot().transcript).toMatchObject([
      { role: 'user', text: 'How are you?', final: true },
      { role: 'assistant', text: 'I am', final: true, interrupted: true },
    ]);
    expect(service.calls.at(-1)).toBe('interrupt');
    await session.end();
  });

  it('does not hold the user back after an interrupt: what is said next is the next question', async () => {
    const { session, microphone } = setUp();
    await session.start();
    microphone.sayLevel(0.5);
    await session.interrupt();
    expect(session.getSnapshot().inputHeld).toBe(false);
    await session.end();
  });

  it('shows how far the avatar is, until it is ready', async () => {
    const { session, service } = setUp();
    service.refuseNext(lost());
    void session.start();
    await expect.poll(() => service.options).not.toBeNull();
    service.options?.onEvent({ type: 'progress', stage: 'processing' });
    expect(session.getSnapshot().progress).toBe('processing');
    await session.end();
    expect(session.getSnapshot().progress).toBeNull();
  });

  it('tells of speaking, volume, network and the room mending itself', async () => {
    const { session, service, channel } = setUp();
    const heard: unknown[] = [];
    session.on('avatar-speaking', (event) => heard.push(event));
    session.on('channel-volume', (event) => heard.push(event));
    await session.start();
    service.emit({ type: 'speaking', speaking: true });
    channel.emit({ type: 'volume', levels: [{ uid: 2, level: 0.4 }] });
    channel.emit({ type: 'network-quality', uplink: 1, downlink: 4 });
    channel.emit({ type: 'reconnect' });
    expect(heard).toEqual([{ speaking: true }, { levels: [{ uid: 2, level: 0.4 }] }]);
    expect(session.getSnapshot()).toMatchObject({ status: 'live', network: { uplink: 1, downlink: 4 }, room: 'reconnecting' });
    channel.emit({ type: 'connect' });
    expect(session.getSnapshot().room).toBe('joined');
    expect(await session.getChannelStats()).toMatchObject({ roundTripMs: null });
    await session.end();
    expect(session.getSnapshot()).toMatchObject({ network: null, room: 'none' });
    expect(await session.getChannelStats()).toBeNull();
  });

  it('comes back with a fresh grant when the room is lost, and publishes the microphone again', async () => {
    const { session, service, channel, clock, requests, copies, errors } = setUp();
    await session.start();
    channel.emit({ type: 'disconnect', error: new AvatarError('channel-failed', { message: 'gone' }) });
    expect(session.getSnapshot()).toMatchObject({ status: 'reconnecting', room: 'none' });
    expect(service.connected).toBe(false);
    await clock.advance(5000);
    expect(session.getSnapshot()).toMatchObject({ status: 'live', recoveries: 1 });
    expect(requests).toEqual(['start', 'renew']);
    expect(channel.published).toEqual([copies.at(-1)]);
    expect(copies.map(({ readyState }) => readyState)).toEqual(['ended', 'live']);
    expect(errors).toEqual([]);
    await session.end();
    expect(clock.pending).toBe(0);
  });

  it('follows the avatar into another room when the vendor has made a new one', async () => {
    const { session, service, channel, clock, moveTo, copies } = setUp();
    await session.start();
    moveTo('room-2');
    service.emit({ type: 'disconnect', error: lost(), unsentAudioMs: 0 });
    await clock.advance(5000);
    expect(session.getSnapshot().status).toBe('live');
    expect(channel.calls.filter((call) => call === 'join' || call === 'leave')).toEqual(['join', 'leave', 'join']);
    expect(channel.published).toEqual([copies.at(-1)]);
    await session.end();
  });

  it('says so when the room does not take the microphone', async () => {
    const { session, channel, errors } = setUp({ channel: refusingChannel() });
    await session.start();
    await expect.poll(() => errors).toEqual(['channel-failed']);
    expect(session.getSnapshot().status).toBe('live');
    expect(channel.published).toEqual([]);
    await session.end();
  });
});

function refusingChannel(): ReturnType<typeof createFakeChannel> {
  const channel = createFakeChannel();
  return {
    ...channel,
    async join(options) {
      const joined = await channel.join(options);
      return { ...joined, publish: () => Promise.reject(new AvatarError('channel-failed', { message: 'The token does not let this page publish.' })) };
    },
  };
}
