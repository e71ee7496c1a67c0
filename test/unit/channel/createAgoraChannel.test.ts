// Source: agora-rtc-react 2.5.1, IAgoraRTCClient of the SDK 4.24.2 in it; what its join, leave and events do is in its reference.
import { describe, expect, it } from 'vitest';
import type { AgoraConnectionState } from '../../../src/channel/agora/agoraClient.js';
import { createAgoraChannel } from '../../../src/channel/agora/createAgoraChannel.js';
import type { RoomSettings } from '../../../src/channel/agora/RoomSettings.js';
import type { ChannelEvent } from '../../../src/channel/channel.js';
import type { ChannelGrant } from '../../../src/grant/grant.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';
import { createFakeTrack } from './support/createFakeTrack.js';
import { createScriptedClient } from './support/createScriptedClient.js';
import { createScriptedEngine } from './support/createScriptedEngine.js';

const AVATAR_UID = 42;
const grant: ChannelGrant = { kind: 'agora', appId: 'app', channel: 'room', token: 'token', uid: 7, avatarUid: AVATAR_UID, tokenExpiresAt: 4e12 };

async function setUp(scripted = createScriptedClient(), resume?: (block: () => void) => Promise<void>, settings: RoomSettings = {}, asked: ChannelGrant = grant) {
  const clock = createManualClock();
  const controller = new AbortController();
  const events: ChannelEvent[] = [];
  const { engine, autoplayListeners } = createScriptedEngine([scripted], resume);
  const channel = createAgoraChannel(engine, settings);
  const joining = channel.join({ grant: asked, signal: controller.signal, clock, onEvent: (event) => events.push(event) });
  joining.catch(() => undefined);
  return { ...scripted, clock, controller, events, joining, autoplayListeners, types: () => events.map((event) => event.type) };
}

/** A join that never ends, as without a network. */
const neverJoins = () => createScriptedClient({ join: () => new Promise(() => undefined) });

const gatewayError = (message: string) => Object.assign(new Error(message), { code: 'CAN_NOT_GET_GATEWAY_SERVER' });

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('createAgoraChannel', () => {
  it('listens before it joins, and joins with what the grant says', async () => {
    let listening = 0;
    const scripted = createScriptedClient();
    const { join } = scripted.client;
    scripted.client.join = (...values) => {
      listening = scripted.listenerCount();
      return join(...values);
    };
    const { joining, calls, types } = await setUp(scripted);
    await joining;
    expect(listening).toBe(scripted.listenerCount());
    expect(calls).toEqual(['join app room token 7', 'volume every 2000', 'enable volume']);
    expect(types()).toEqual(['connect']);
  });

  it('receives and plays the avatar, and nobody else', async () => {
    const { joining, addUser, emit, calls, types } = await setUp();
    await joining;
    const [avatar, stranger] = [addUser(AVATAR_UID), addUser(99)];
    for (const user of [stranger, avatar]) {
      emit('user-published', user, 'video');
      emit('user-published', user, 'audio');
    }
    await settle();
    expect(calls.filter((call) => call.startsWith('subscribe'))).toEqual(['subscribe 42 video', 'subscribe 42 audio']);
    expect(calls).toContain('audio play');
    expect(types()).toEqual(['connect', 'avatar-join', 'video', 'audio']);
  });

  it('does not show a track that was taken back while it was being received', async () => {
    const { joining, addUser, emit, events } = await setUp();
    await joining;
    const avatar = addUser(AVATAR_UID);
    emit('user-published', avatar, 'video');
    avatar.hasVideo = false;
    emit('user-unpublished', avatar, 'video');
    await settle();
    expect(events.slice(2)).toEqual([{ type: 'video', video: null }]);
  });

  it('takes an avatar that unpublishes or leaves for a pause, not for the end', async () => {
    const { joining, addUser, emit, events } = await setUp();
    await joining;
    const avatar = addUser(AVATAR_UID);
    emit('user-joined', avatar);
    emit('user-unpublished', avatar, 'video');
    emit('user-left', avatar, 'ServerTimeOut');
    expect(events.slice(1)).toEqual([
      { type: 'avatar-join', uid: AVATAR_UID },
      { type: 'video', video: null },
      { type: 'video', video: null },
      { type: 'audio', audio: null },
      { type: 'avatar-leave', uid: AVATAR_UID },
    ]);
  });

  it.each<[string, string, boolean]>([
    ['NETWORK_ERROR', 'channel-failed', true],
    ['TOKEN_EXPIRE', 'channel-token-expired', true],
    ['UID_CONFLICT', 'channel-failed', false],
    ['UID_BANNED', 'channel-failed', false],
  ])('says why the room is gone: %s', async (cause, reason, retryable) => {
    const { joining, emit, events, calls } = await setUp();
    await joining;
    emit('connection-state-change', 'DISCONNECTED', 'CONNECTED', cause);
    expect(events.at(-1)).toMatchObject({ type: 'disconnect', error: { reason, retryable } });
    expect(calls).toContain('leave');
  });

  it('reports the SDK reconnecting by itself', async () => {
    const { joining, emit, types } = await setUp();
    await joining;
    const changes: [AgoraConnectionState, AgoraConnectionState][] = [['RECONNECTING', 'CONNECTED'], ['CONNECTED', 'RECONNECTING']];
    for (const [current, previous] of changes) emit('connection-state-change', current, previous);
    expect(types()).toEqual(['connect', 'reconnect', 'connect']);
  });

  it('leaves once, stops every track, and lets go of every listener', async () => {
    const { joining, addUser, calls, listenerCount, autoplayListeners, emit, types } = await setUp();
    const connection = await joining;
    addUser(AVATAR_UID);
    await Promise.all([connection.leave(), connection.leave()]);
    expect(calls.filter((call) => call === 'leave')).toHaveLength(1);
    expect(calls.filter((call) => call === 'stop')).toHaveLength(2);
    expect([listenerCount(), autoplayListeners.size]).toEqual([0, 0]);
    emit('connection-state-change', 'DISCONNECTED', 'CONNECTED', 'NETWORK_ERROR');
    expect(types()).toEqual(['connect']);
  });

  it('gives up a join that never ends, and leaves', async () => {
    const { joining, clock, calls, listenerCount } = await setUp(neverJoins());
    await clock.advance(20_001);
    await expect(joining).rejects.toMatchObject({ reason: 'channel-timeout', retryable: true });
    expect(calls).toContain('leave');
    expect([clock.pending, listenerCount()]).toEqual([0, 0]);
  });

  it('stops joining when aborted', async () => {
    const { joining, controller, calls, clock } = await setUp(neverJoins());
    controller.abort();
    await expect(joining).rejects.toMatchObject({ name: 'AbortError' });
    expect(calls).toContain('leave');
    expect(clock.pending).toBe(0);
  });

  it('has left although the SDK never finishes leaving', async () => {
    const { joining, clock } = await setUp(createScriptedClient({ leave: () => new Promise(() => undefined) }));
    const leaving = (await joining).leave();
    await clock.advance(5000);
    await leaving;
    expect(clock.pending).toBe(0);
  });

  it('says nothing of a track that was gone before it could be received', async () => {
    const { joining, addUser, emit, types } = await setUp(createScriptedClient({ subscribe: () => Promise.reject(new Error('INVALID_REMOTE_USER')) }));
    await joining;
    const avatar = addUser(AVATAR_UID);
    emit('user-published', avatar, 'video');
    avatar.hasVideo = false;
    await settle();
    expect(types()).toEqual(['connect', 'avatar-join']);
    avatar.hasVideo = true;
    emit('user-published', avatar, 'video');
    await settle();
    expect(types()).toEqual(['connect', 'avatar-join', 'error']);
  });

  it('still says that sound is blocked when the browser refuses once more', async () => {
    const { joining, types } = await setUp(createScriptedClient(), async (block) => block());
    await (await joining).resumePlayback();
    expect(types()).toEqual(['connect', 'playback-block']);
  });

  it('explains a token that the vendor refuses', async () => {
    const { joining } = await setUp(createScriptedClient({ join: () => Promise.reject(gatewayError('invalid token, authorized failed')) }));
    await expect(joining).rejects.toMatchObject({ reason: 'channel-failed', context: { code: 'CAN_NOT_GET_GATEWAY_SERVER' } });
  });

  it('tells a token that was too old from one that is wrong, since a fresh one mends it', async () => {
    const { joining } = await setUp(createScriptedClient({ join: () => Promise.reject(gatewayError('dynamic key or token timeout')) }));
    await expect(joining).rejects.toMatchObject({ reason: 'channel-token-expired', retryable: true });
  });

  it('keeps the volume for sound that comes later', async () => {
    const { joining, addUser, emit, calls } = await setUp();
    const connection = await joining;
    connection.setVolume(0.25);
    emit('user-published', addUser(AVATAR_UID), 'audio');
    await settle();
    expect(calls).toContain('volume 25');
  });

  it('passes on messages, the coming end of the token, and blocked sound', async () => {
    const { joining, emit, autoplayListeners, types, calls } = await setUp();
    const connection = await joining;
    emit('stream-message', AVATAR_UID, new Uint8Array([1]));
    emit('token-privilege-will-expire');
    for (const listener of autoplayListeners) listener();
    await connection.resumePlayback();
    await connection.renewToken('fresh');
    expect(types()).toEqual(['connect', 'message', 'token-expire', 'playback-block', 'playback-start']);
    expect(calls).toContain('renew fresh');
  });

  it('ends with an expired token when the SDK says so in either way, once', async () => {
    const { joining, emit, enter, events, calls } = await setUp();
    await joining;
    emit('token-privilege-did-expire');
    enter('DISCONNECTED', 'TOKEN_EXPIRE');
    await settle();
    expect(events.slice(1)).toMatchObject([{ type: 'disconnect', error: { reason: 'channel-token-expired' } }]);
    expect(calls.filter((call) => call === 'leave')).toHaveLength(1);
  });

  it('says so when the application takes its own client out of the room', async () => {
    const { joining, enter, events } = await setUp();
    await joining;
    enter('DISCONNECTED', 'LEAVE');
    expect(events.at(-1)).toMatchObject({ type: 'disconnect', error: { reason: 'channel-failed', retryable: false } });
  });

  it('explains a renewed token that the channel does not take', async () => {
    const { joining } = await setUp(createScriptedClient({ renewToken: () => Promise.reject(new Error('INVALID_OPERATION')) }));
    await expect((await joining).renewToken('fresh')).rejects.toMatchObject({ reason: 'channel-failed' });
  });

  it('takes hints of quality for what they are: no event, no error', async () => {
    const { joining, emit, types } = await setUp();
    await joining;
    // A name that the adapter does not listen to, sent as the SDK sends it to whoever does.
    emit('exception' as 'crypt-error', ...([{ code: 2002, msg: 'AUDIO_OUTPUT_LEVEL_TOO_LOW', uid: AVATAR_UID }] as unknown as []));
    expect(types()).toEqual(['connect']);
  });

  it('passes on how the connection does and how loud everybody is', async () => {
    const { joining, emit, events } = await setUp();
    await joining;
    emit('network-quality', { uplinkNetworkQuality: 1, downlinkNetworkQuality: 6 });
    emit('volume-indicator', [{ uid: 7, level: 0 }, { uid: AVATAR_UID, level: 62.5 }]);
    expect(events.slice(1)).toEqual([
      { type: 'network-quality', uplink: 1, downlink: 6 },
      { type: 'volume', levels: [{ uid: 7, level: 0 }, { uid: AVATAR_UID, level: 0.625 }] },
    ]);
  });

  it('measures in its own units, and knows nothing of what the SDK has not measured', async () => {
    const scripted = createScriptedClient({
      getRTCStats: () => ({ RTT: 48, SendBitrate: 24_000, RecvBitrate: 900_000 }),
      getRemoteAudioStats: () => ({ [AVATAR_UID]: { end2EndDelay: 0, packetLossRate: Number.NaN } }),
      getRemoteVideoStats: () => ({ [AVATAR_UID]: { packetLossRate: 0.02, freezeRate: 0.5 } }),
    });
    const { joining, addUser, emit } = await setUp(scripted);
    const connection = await joining;
    expect(await connection.getStats()).toMatchObject({ videoLossRate: null, roundTripMs: 48 });
    emit('user-joined', addUser(AVATAR_UID));
    expect(await connection.getStats()).toEqual({
      roundTripMs: 48,
      audioDelayMs: null,
      audioLossRate: null,
      videoLossRate: 0.02,
      videoFreezeRate: 0.5,
      sendBitsPerSecond: 24_000,
      receiveBitsPerSecond: 900_000,
    });
  });
});

describe('createAgoraChannel, where the vendor keeps the uid of the avatar to itself', () => {
  const { avatarUid: _unknown, ...anybody } = grant;

  it('takes the first one in the room for the avatar until that one leaves, and then the next, with what it publishes already', async () => {
    const { joining, addUser, removeUser, emit, events, calls } = await setUp(createScriptedClient(), undefined, {}, anybody);
    await joining;
    const [first, second] = [addUser(11), addUser(12)];
    for (const user of [first, second]) {
      emit('user-joined', user);
      emit('user-published', user, 'video');
    }
    second.hasAudio = false;
    await settle();
    removeUser(first);
    await settle();
    const moves = events.flatMap((event) => (event.type === 'avatar-join' || event.type === 'avatar-leave' ? [`${event.type} ${event.uid}`] : []));
    expect(moves).toEqual(['avatar-join 11', 'avatar-leave 11', 'avatar-join 12']);
    expect(calls.filter((call) => call.startsWith('subscribe'))).toEqual(['subscribe 11 video', 'subscribe 12 video']);
    expect(events.at(-1)).toMatchObject({ type: 'video', video: { mediaStreamTrack: {} } });
  });

  it('is not moved by somebody else who leaves', async () => {
    const { joining, addUser, removeUser, emit, types } = await setUp(createScriptedClient(), undefined, {}, anybody);
    await joining;
    const [avatar, stranger] = [addUser(11), addUser(12)];
    emit('user-joined', avatar);
    emit('user-joined', stranger);
    removeUser(stranger);
    expect(types()).toEqual(['connect', 'avatar-join']);
  });
});

describe('createAgoraChannel, with settings of the room', () => {
  const encryption = { mode: 'aes-256-gcm2', secret: 'Secret-1', salt: new Uint8Array(32), encryptDataStream: true } as const;

  it('encrypts again each time that it joins, since the SDK forgets it with the room', async () => {
    const scripted = createScriptedClient();
    for (let stay = 0; stay < 2; stay++) await (await (await setUp(scripted, undefined, { encryption })).joining).leave();
    const order = scripted.calls.filter((call) => /^(encrypt|join|enable)/.test(call)).map((call) => call.split(' ')[0]);
    expect(order).toEqual(['encrypt', 'join', 'enable', 'encrypt', 'join', 'enable']);
    expect(scripted.calls[0]).toBe('encrypt aes-256-gcm2 Secret-1 32 true');
  });

  it('says once that the others encrypt differently', async () => {
    const { joining, emit, types } = await setUp(createScriptedClient(), undefined, { encryption });
    await joining;
    emit('crypt-error');
    emit('crypt-error');
    expect(types()).toEqual(['connect', 'error']);
  });

  it('asks for the smaller of two streams, and for what to do when the network is poor', async () => {
    const { joining, addUser, emit, calls } = await setUp(createScriptedClient(), undefined, { dualStream: { receive: 'low', fallback: 'audio-only' } });
    await joining;
    emit('user-published', addUser(AVATAR_UID), 'video');
    await settle();
    expect(calls.slice(-3)).toEqual(['subscribe 42 video', 'stream 42 1', 'fallback 42 2']);
  });

  it('shows the picture although the stream that was asked for cannot be had', async () => {
    const scripted = createScriptedClient({ setRemoteVideoStreamType: () => Promise.reject(new Error('refused')) });
    const { joining, addUser, emit, types } = await setUp(scripted, undefined, { dualStream: { receive: 'low' } });
    await joining;
    emit('user-published', addUser(AVATAR_UID), 'video');
    await settle();
    expect(types()).toEqual(['connect', 'avatar-join', 'video', 'error']);
  });

  it('does not measure how loud it is where nobody wants to know', async () => {
    const { joining, calls } = await setUp(createScriptedClient(), undefined, { volumeIndicatorIntervalMs: 0 });
    await joining;
    expect(calls).toEqual(['join app room token 7']);
  });

  it('says what cannot be had, and joins all the same', async () => {
    const { joining, events } = await setUp(createScriptedClient(), undefined, { shortcoming: 'not in this SDK' });
    await joining;
    expect(events).toMatchObject([{ type: 'connect' }, { type: 'error', error: { message: 'not in this SDK', retryable: false } }]);
  });
});

describe('createAgoraChannel, on a client of the application', () => {
  it('leaves the listeners of others alone', async () => {
    const scripted = createScriptedClient();
    let heard = 0;
    scripted.client.on('user-joined', () => void heard++);
    await (await (await setUp(scripted)).joining).leave();
    scripted.emit('user-joined', scripted.addUser(1));
    expect([heard, scripted.listenerCount()]).toEqual([1, 1]);
  });

  it('does not touch a client that is in a room already', async () => {
    const scripted = createScriptedClient();
    await scripted.client.join('app', 'another', 'token', 7);
    const { joining, listenerCount } = await setUp(scripted);
    await expect(joining).rejects.toMatchObject({ reason: 'channel-failed', retryable: false });
    expect(scripted.calls).toEqual(['join app another token 7']);
    expect([scripted.client.connectionState, listenerCount()]).toEqual(['CONNECTED', 0]);
  });

  it('waits for a client that is just leaving, and takes the end of that stay for nothing else', async () => {
    const scripted = createScriptedClient();
    scripted.enter('DISCONNECTING');
    const { joining, types, calls } = await setUp(scripted);
    await settle();
    expect(calls).toEqual([]);
    scripted.enter('DISCONNECTED', 'LEAVE');
    await joining;
    expect(types()).toEqual(['connect']);
  });

  it('becomes a host before it publishes or sends in a live channel, and stays one', async () => {
    const scripted = createScriptedClient({ mode: 'live' });
    const { joining, calls } = await setUp(scripted);
    const connection = await joining;
    await connection.send(new Uint8Array([1]));
    await connection.publish(createFakeTrack('audio').track);
    expect(calls.slice(-2)).toEqual(['role host', 'publish audio']);
    expect(calls.filter((call) => call.startsWith('role'))).toHaveLength(1);
  });
});
