// Source: agora-rtc-sdk-ng 4.24.8, IAgoraRTCClient; what its join, leave and events do is in its reference.
import { describe, expect, it } from 'vitest';
import type { AgoraClient, AgoraClientEvents, AgoraConnectionState, AgoraRemoteUser } from '../../../src/channel/agora/agoraClient.js';
import { createAgoraChannel } from '../../../src/channel/agora/createAgoraChannel.js';
import type { ChannelEvent } from '../../../src/channel/channel.js';
import type { ChannelGrant } from '../../../src/grant/grant.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

const AVATAR_UID = 42;
const grant: ChannelGrant = { kind: 'agora', appId: 'app', channel: 'room', token: 'token', uid: 7, avatarUid: AVATAR_UID, tokenExpiresAt: 4e12 };

interface ScriptedUser extends AgoraRemoteUser {
  hasAudio: boolean;
  hasVideo: boolean;
}

/** A client that does what its reference says, and nothing by itself. */
function scriptedClient(join: () => Promise<number> = async () => 7) {
  const listeners = new Map<string, Set<(...values: never[]) => void>>();
  const calls: string[] = [];
  const users: ScriptedUser[] = [];
  const track = { getMediaStreamTrack: () => ({ kind: 'video' }) as MediaStreamTrack, stop: () => void calls.push('stop') }; // never looked into
  const client: AgoraClient = {
    connectionState: 'DISCONNECTED',
    remoteUsers: users,
    join: (appId, channel, token, uid) => {
      calls.push(`join ${appId} ${channel} ${token} ${uid}`);
      return join();
    },
    async leave() {
      calls.push('leave');
    },
    async subscribe(uid, media) {
      calls.push(`subscribe ${uid} ${media}`);
      return track;
    },
    async renewToken(token) {
      calls.push(`renew ${token}`);
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener)); // kept by name, called with what the name says
    },
    off(event, listener) {
      listeners.get(event)?.delete(listener); // as above
    },
  };
  function emit<K extends keyof AgoraClientEvents>(event: K, ...values: Parameters<AgoraClientEvents[K]>): void {
    for (const listener of listeners.get(event) ?? []) listener(...(values as never[])); // as above
  }
  function addUser(uid: number): ScriptedUser {
    const user: ScriptedUser = {
      uid,
      hasAudio: true,
      hasVideo: true,
      videoTrack: { ...track, play: () => void calls.push('video play') },
      audioTrack: { ...track, play: () => void calls.push('audio play'), setVolume: (volume) => void calls.push(`volume ${volume}`) },
    };
    users.push(user);
    return user;
  }
  const listenerCount = () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0);
  return { client, calls, emit, addUser, listenerCount };
}

async function setUp(scripted = scriptedClient(), resume: (block: () => void) => Promise<void> = () => Promise.resolve()) {
  const clock = createManualClock();
  const controller = new AbortController();
  const events: ChannelEvent[] = [];
  const autoplayListeners = new Set<() => void>();
  const channel = createAgoraChannel({
    createClient: () => scripted.client,
    onAutoplayFailed(listener) {
      autoplayListeners.add(listener);
      return () => autoplayListeners.delete(listener);
    },
    resume: () => resume(() => autoplayListeners.forEach((listener) => listener())),
  });
  const joining = channel.join({ grant, signal: controller.signal, clock, onEvent: (event) => events.push(event) });
  joining.catch(() => undefined);
  return { ...scripted, clock, controller, events, joining, autoplayListeners, types: () => events.map((event) => event.type) };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('createAgoraChannel', () => {
  it('listens before it joins, and joins with what the grant says', async () => {
    const scripted = scriptedClient(async () => {
      expect(scripted.listenerCount()).toBeGreaterThan(5);
      return 7;
    });
    const { joining, calls, types } = await setUp(scripted);
    await joining;
    expect(calls).toEqual(['join app room token 7']);
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
    expect(types()).toEqual(['connect', 'video', 'audio']);
  });

  it('does not show a track that was taken back while it was being received', async () => {
    const { joining, addUser, emit, types } = await setUp();
    await joining;
    const avatar = addUser(AVATAR_UID);
    emit('user-published', avatar, 'video');
    avatar.hasVideo = false;
    emit('user-unpublished', avatar, 'video');
    await settle();
    expect(types()).toEqual(['connect', 'video']);
  });

  it('takes an avatar that unpublishes or leaves for a pause, not for the end', async () => {
    const { joining, addUser, emit, events } = await setUp();
    await joining;
    const avatar = addUser(AVATAR_UID);
    emit('user-unpublished', avatar, 'video');
    emit('user-left', avatar, 'ServerTimeOut');
    expect(events.slice(1)).toEqual([{ type: 'video', video: null }, { type: 'video', video: null }, { type: 'audio', audio: null }]);
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
    const { joining, clock, calls, listenerCount } = await setUp(scriptedClient(() => new Promise(() => undefined)));
    await clock.advance(20_001);
    await expect(joining).rejects.toMatchObject({ reason: 'channel-timeout', retryable: true });
    expect(calls).toContain('leave');
    expect([clock.pending, listenerCount()]).toEqual([0, 0]);
  });

  it('stops joining when aborted', async () => {
    const { joining, controller, calls, clock } = await setUp(scriptedClient(() => new Promise(() => undefined)));
    controller.abort();
    await expect(joining).rejects.toMatchObject({ name: 'AbortError' });
    expect(calls).toContain('leave');
    expect(clock.pending).toBe(0);
  });

  it('has left although the SDK never finishes leaving', async () => {
    const scripted = scriptedClient();
    scripted.client.leave = () => new Promise(() => undefined);
    const { joining, clock } = await setUp(scripted);
    const leaving = (await joining).leave();
    await clock.advance(5000);
    await leaving;
    expect(clock.pending).toBe(0);
  });

  it('says nothing of a track that was gone before it could be received', async () => {
    const scripted = scriptedClient();
    scripted.client.subscribe = () => Promise.reject(new Error('INVALID_REMOTE_USER'));
    const { joining, addUser, emit, types } = await setUp(scripted);
    await joining;
    const avatar = addUser(AVATAR_UID);
    emit('user-published', avatar, 'video');
    avatar.hasVideo = false;
    await settle();
    expect(types()).toEqual(['connect']);
    avatar.hasVideo = true;
    emit('user-published', avatar, 'video');
    await settle();
    expect(types()).toEqual(['connect', 'error']);
  });

  it('still says that sound is blocked when the browser refuses once more', async () => {
    const { joining, types } = await setUp(scriptedClient(), async (block) => block());
    await (await joining).resumePlayback();
    expect(types()).toEqual(['connect', 'playback-block']);
  });

  it('explains a token that the vendor refuses', async () => {
    const { joining } = await setUp(scriptedClient(() => Promise.reject(Object.assign(new Error('invalid token'), { code: 'CAN_NOT_GET_GATEWAY_SERVER' }))));
    await expect(joining).rejects.toMatchObject({ reason: 'channel-failed', context: { code: 'CAN_NOT_GET_GATEWAY_SERVER' } });
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
});
