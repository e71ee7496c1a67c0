import { AvatarError } from '../../errors/AvatarError.js';
import type { ChannelEvent } from '../channel.js';
import type { AgoraClient, AgoraRemoteAudioTrack, AgoraRemoteUser } from './agoraClient.js';
import { createAvatarSeat } from './createAvatarSeat.js';
import { createRemoteVideo } from './createRemoteVideo.js';
import type { ClientListeners } from './listenTo.js';
import type { DualStream } from './RoomSettings.js';

type Media = 'audio' | 'video';

export interface ReceptionOptions {
  readonly client: AgoraClient;
  readonly listeners: ClientListeners;
  readonly avatarUid: number | undefined;
  readonly dualStream: DualStream | undefined;
  readonly onEvent: (event: ChannelEvent) => void;
}

/** Receives the avatar's sound and picture, and nobody else's. */
export interface Reception {
  /** Null while the avatar is not in the room. */
  readonly avatarUid: number | string | null;
  /** Greets those who were in the room before. */
  meetAll(): void;
  /** @param volume 0 to 1 */
  setVolume(volume: number): void;
  /** @throws AvatarError `sound-unavailable` */
  setSpeaker(deviceId: string): Promise<void>;
  /** Stops what plays. */
  stop(): void;
}

const FALLBACKS = { none: 0, low: 1, 'audio-only': 2 } as const;

/** Starts to listen for the avatar. */
export function createReception({ client, listeners, avatarUid, dualStream, onEvent }: ReceptionOptions): Reception {
  let volume = 100;
  /** Empty: the system's default. */
  let speakerId = '';
  let stopped = false;

  const seat = createAvatarSeat({
    avatarUid,
    users: () => client.remoteUsers,
    onJoin: ({ uid }) => onEvent({ type: 'avatar-join', uid: Number(uid) }),
    onLeave({ uid }) {
      onEvent({ type: 'video', video: null });
      onEvent({ type: 'audio', audio: null });
      onEvent({ type: 'avatar-leave', uid: Number(uid) });
    },
  });

  const fail = (message: string, cause: unknown) => onEvent({ type: 'error', error: new AvatarError('channel-failed', { message, cause }) });

  async function choose({ uid }: AgoraRemoteUser): Promise<void> {
    if (!dualStream) return;
    const { receive = 'high', fallback } = dualStream;
    await client.setRemoteVideoStreamType?.(uid, receive === 'low' ? 1 : 0);
    if (fallback) await client.setStreamFallbackOption?.(uid, FALLBACKS[fallback]);
  }

  async function receive(user: AgoraRemoteUser, media: Media): Promise<void> {
    await client.subscribe(user.uid, media);
    if (stopped || !seat.isAvatar(user)) return;
    // It may have been unpublished while we subscribed; the next `user-published` brings the new one.
    if (media === 'video' && user.hasVideo && user.videoTrack) {
      onEvent({ type: 'video', video: createRemoteVideo(user.videoTrack) });
      await choose(user).catch((cause: unknown) => fail("The avatar's picture could not be had in the stream that was asked for.", cause));
    }
    const { audioTrack } = user;
    if (media === 'audio' && user.hasAudio && audioTrack) {
      audioTrack.setVolume(volume);
      audioTrack.play();
      // A device that is gone by now must not keep the avatar silent: the default plays.
      if (speakerId !== '') await playOn(audioTrack, speakerId).catch((cause: unknown) => fail("The avatar's sound does not play on the device that was chosen.", cause));
      onEvent({
        type: 'audio',
        audio: { mediaStreamTrack: audioTrack.getMediaStreamTrack(), setVolume: (value) => audioTrack.setVolume(value * 100) },
      });
    }
  }

  function startReceiving(user: AgoraRemoteUser, media: Media): void {
    receive(user, media).catch((cause: unknown) => {
      const isPublished = client.remoteUsers.some(({ uid }) => uid === user.uid) && (media === 'video' ? user.hasVideo : user.hasAudio);
      if (!stopped && isPublished) fail(`The avatar's ${media} could not be received.`, cause);
    });
  }

  listeners.on('user-joined', seat.meet);
  listeners.on('user-published', (user, media) => {
    seat.meet(user);
    if (seat.isAvatar(user)) startReceiving(user, media);
  });
  listeners.on('user-unpublished', (user, media) => {
    if (seat.isAvatar(user)) onEvent(media === 'video' ? { type: 'video', video: null } : { type: 'audio', audio: null });
  });
  listeners.on('user-left', (user) => {
    const next = seat.leave(user);
    // What it publishes was told of while it was nobody.
    if (next?.hasAudio) startReceiving(next, 'audio');
    if (next?.hasVideo) startReceiving(next, 'video');
  });

  return {
    get avatarUid() {
      return seat.uid;
    },
    meetAll() {
      for (const user of client.remoteUsers) seat.meet(user);
    },
    setVolume(value) {
      volume = value * 100;
      for (const user of client.remoteUsers) if (seat.isAvatar(user)) user.audioTrack?.setVolume(volume);
    },
    async setSpeaker(deviceId) {
      const tracks = client.remoteUsers.flatMap((user) => (seat.isAvatar(user) && user.audioTrack ? [user.audioTrack] : []));
      await Promise.all(tracks.map((track) => playOn(track, deviceId)));
      speakerId = deviceId;
    },
    stop() {
      stopped = true;
      for (const user of client.remoteUsers) {
        user.audioTrack?.stop();
        user.videoTrack?.stop();
      }
    },
  };
}

async function playOn(track: AgoraRemoteAudioTrack, deviceId: string): Promise<void> {
  try {
    if (!track.setPlaybackDevice) throw new TypeError('setPlaybackDevice is missing');
    await track.setPlaybackDevice(deviceId);
  } catch (cause) {
    throw new AvatarError('sound-unavailable', {
      message: 'That output device is gone, or this browser lets no page choose it. Choose another one, or the system default.',
      cause,
    });
  }
}
