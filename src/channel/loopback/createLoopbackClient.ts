import { base64ToBytes, bytesToBase64 } from '../../dsp/base64.js';
import { createClientEvents } from './createClientEvents.js';
import { createPublications, type Place } from './createPublications.js';
import { createAudioTrack, createVideoTrack } from './createRemoteTracks.js';
import { createRoomMeter, type RoomMeter } from './createRoomMeter.js';
import { createRoomPeer, type RoomPeer } from './createRoomPeer.js';
import { createRoster } from './createRoster.js';
import { createVolumeIndicator } from './createVolumeIndicator.js';
import type {
  LoopbackClient,
  LoopbackConnectionState,
  LoopbackUser,
  UserReference,
} from './LoopbackClient.js';
import type { RoomUser } from './messages.js';
import { openSignalling, RoomRefusal, type RoomNotice, type Signalling } from './openSignalling.js';

/** Calls back with a way to try again when the browser refuses to play sound. */
export type OnAutoplayBlocked = (retry: () => Promise<void>) => void;

export interface LoopbackClientOptions {
  readonly onAutoplayBlocked?: OnAutoplayBlocked;
  /** Read when the volume indicator is enabled. Milliseconds, as Agora's by default 2,000. */
  readonly volumeIntervalMs?: () => number;
}

/** Makes a client for the room at a signalling URL. */
export function createLoopbackClient(url: string, { onAutoplayBlocked = () => undefined, volumeIntervalMs = () => 2000 }: LoopbackClientOptions = {}): LoopbackClient {
  const { emit, on, off } = createClientEvents();
  const roster = createRoster((remoteUid, media) => peer?.drop(remoteUid, media));
  const publications = createPublications();
  let state: LoopbackConnectionState = 'DISCONNECTED';
  let signalling: Signalling | null = null;
  let peer: RoomPeer | null = null;
  let meter: RoomMeter | null = null;
  let stopVolume: (() => void) | null = null;
  let uid: number | undefined;
  let channelName: string | undefined;

  function enter(next: LoopbackConnectionState, reason?: string): void {
    const previous = state;
    if (previous === next) return;
    state = next;
    emit('connection-state-change', next, previous, reason);
  }

  /** Releases everything of this stay in the room. */
  function release(): void {
    meter?.stop();
    meter = null;
    stopVolume?.();
    stopVolume = null;
    roster.clear();
    signalling?.close();
    signalling = null;
    peer?.close();
    peer = null;
    publications.clear();
    uid = undefined;
    channelName = undefined;
  }

  function lose(reason: string): void {
    if (state === 'DISCONNECTED') return;
    release();
    enter('DISCONNECTED', reason);
  }

  function meet(member: RoomUser): void {
    const user = roster.add(member);
    emit('user-joined', user);
    if (user.hasAudio) emit('user-published', user, 'audio');
    if (user.hasVideo) emit('user-published', user, 'video');
  }

  /** Read anew: `leave()` may have run while we waited. */
  const stillConnecting = () => state === 'CONNECTING';

  function onNotice(notice: RoomNotice): void {
    switch (notice.type) {
      case 'offer':
        return peer?.applyOffer(notice);
      case 'candidate':
        return peer?.addCandidate(notice.candidate);
      case 'user-joined':
        return meet({ uid: notice.uid, hasAudio: false, hasVideo: false });
      case 'message':
        return emit('stream-message', notice.uid, base64ToBytes(notice.payload));
      case 'token-expire':
        return notice.expired ? emit('token-privilege-did-expire') : emit('token-privilege-will-expire');
      case 'kick':
        return lose(notice.reason);
    }
    const user = roster.get(notice.uid);
    if (!user) return;
    if (notice.type === 'user-left') {
      roster.remove(user);
      return emit('user-left', user, notice.reason);
    }
    const published = notice.type === 'user-published';
    roster.setPublished(user, notice.media, published);
    emit(published ? 'user-published' : 'user-unpublished', user, notice.media);
  }

  function connected(): Place {
    if (!signalling || !peer) throw new RoomRefusal('INVALID_OPERATION', 'Join a room first.');
    return { signalling, peer };
  }

  function find(reference: UserReference): LoopbackUser {
    const wanted = Number(typeof reference === 'object' ? reference.uid : reference);
    const user = roster.get(wanted);
    if (!user) throw new RoomRefusal('INVALID_REMOTE_USER', 'The user is not in the room.');
    return user;
  }

  return {
    mode: 'rtc',
    role: 'host',
    get connectionState() {
      return state;
    },
    get channelName() {
      return channelName;
    },
    get uid() {
      return uid;
    },
    get remoteUsers() {
      return roster.all();
    },
    localTracks: publications.tracks,

    async join(appId, channel, token, wantedUid) {
      if (state !== 'DISCONNECTED') throw new RoomRefusal('INVALID_OPERATION', `The client is already ${state}.`);
      enter('CONNECTING');
      try {
        const opened = await openSignalling(url, onNotice, () => lose('NETWORK_ERROR'));
        // Left while the socket opened.
        if (!stillConnecting()) {
          opened.close();
          throw new RoomRefusal('OPERATION_ABORTED', 'The room was left while joining.');
        }
        signalling = opened;
        peer = createRoomPeer({
          onAnswer: (offer, sdp) => opened.send({ type: 'answer', offer, sdp }),
          onCandidate: (candidate) => opened.send({ type: 'candidate', candidate }),
          onFail: () => lose('NETWORK_ERROR'),
        });
        const done = await opened.request({ type: 'join', appId, channel, token, uid: Number(wantedUid ?? 0) });
        uid = done.uid ?? Number(wantedUid);
        channelName = channel;
        meter = createRoomMeter({
          getStats: peer.getStats,
          users: roster.all,
          onQuality: (quality) => emit('network-quality', quality),
        });
        enter('CONNECTED');
        for (const user of done.users ?? []) meet(user);
        return uid;
      } catch (error) {
        release();
        enter('DISCONNECTED', 'SERVER_ERROR');
        throw error;
      }
    },

    async leave() {
      if (state === 'DISCONNECTED') return;
      enter('DISCONNECTING');
      signalling?.send({ type: 'leave' });
      release();
      enter('DISCONNECTED', 'LEAVE');
    },

    async publish(tracks) {
      await publications.publish([tracks].flat(), connected());
    },

    async unpublish(tracks = [...publications.tracks]) {
      await publications.unpublish([tracks].flat(), connected());
    },

    async subscribe(reference, media) {
      const { signalling: room, peer: receiving } = connected();
      const user = find(reference);
      const existing = media === 'audio' ? user.audioTrack : user.videoTrack;
      if (existing) return existing;
      await room.request({ type: 'subscribe', uid: user.uid, media });
      const receiver = await receiving.receiver(user.uid, media);
      if (media === 'audio') return (user.audioTrack ??= createAudioTrack(receiver, onAutoplayBlocked));
      return (user.videoTrack ??= createVideoTrack(receiver));
    },

    async unsubscribe(reference, media) {
      const { signalling: room } = connected();
      const user = find(reference);
      for (const kind of media ? [media] : (['audio', 'video'] as const)) {
        roster.stopTrack(user, kind);
        await room.request({ type: 'unsubscribe', uid: user.uid, media: kind });
      }
    },

    async renewToken(token) {
      await connected().signalling.request({ type: 'renew', token });
    },

    async sendStreamMessage(payload) {
      const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
      if (bytes.length > 1024) throw new RoomRefusal('INVALID_PARAMS', 'A stream message holds at most 1,024 bytes.');
      await connected().signalling.request({ type: 'message', payload: bytesToBase64(bytes) });
    },

    enableAudioVolumeIndicator() {
      connected();
      stopVolume ??= createVolumeIndicator({
        intervalMs: volumeIntervalMs(),
        users: roster.all,
        uid: () => uid,
        ownLevel: () => meter?.ownLevel() ?? Promise.resolve(null),
        onLevels: (levels) => emit('volume-indicator', levels),
      });
    },

    getRTCStats: () => meter?.room() ?? { RTT: 0, SendBitrate: 0, RecvBitrate: 0, SendBytes: 0, RecvBytes: 0, UserCount: 0 },
    getRemoteAudioStats: () => meter?.audio() ?? {},
    getRemoteVideoStats: () => meter?.video() ?? {},
    on,
    off,
  };
}
