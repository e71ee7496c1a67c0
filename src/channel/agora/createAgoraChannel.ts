import { createDeferred } from '../../clock/createDeferred.js';
import { withTimeout } from '../../clock/withTimeout.js';
import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { Channel, ChannelConnection, ChannelJoinOptions } from '../channel.js';
import type { AgoraClientEvents, AgoraEngine, AgoraRemoteUser } from './agoraClient.js';
import { disconnectError, joinError } from './channelError.js';
import { createRemoteVideo } from './createRemoteVideo.js';

/** `client.join` never rejects where there is no network. */
const JOIN_TIMEOUT_MS = 20_000;
/** Nor does `client.leave` always; the room is of no use by then, whatever becomes of it. */
const LEAVE_TIMEOUT_MS = 3000;

/** The channel port over an Agora client: the SDK's own, or the loopback client of an emulator's room. */
export function createAgoraChannel(engine: AgoraEngine): Channel {
  return { kind: 'agora', join: (options) => join(engine, options) };
}

async function join(engine: AgoraEngine, options: ChannelJoinOptions): Promise<ChannelConnection> {
  const { grant, signal, clock, onEvent } = options;
  if (signal.aborted) throw abortReason(signal);
  const client = engine.createClient();
  const removeListeners: (() => void)[] = [];
  let volume = 100;
  /** True when the browser has refused to play sound since it was last asked to. */
  let isBlocked = false;
  let leaving: Promise<void> | null = null;

  function listen<K extends keyof AgoraClientEvents>(event: K, listener: AgoraClientEvents[K]): void {
    client.on(event, listener);
    removeListeners.push(() => client.off(event, listener));
  }

  function leave(): Promise<void> {
    leaving ??= (async () => {
      for (const remove of removeListeners.splice(0)) remove();
      for (const user of client.remoteUsers) {
        user.audioTrack?.stop();
        user.videoTrack?.stop();
      }
      // Rejects for a room that is already gone.
      await withTimeout(client.leave(), clock, LEAVE_TIMEOUT_MS, () => new Error('The SDK did not leave in time.')).catch(() => undefined);
    })();
    return leaving;
  }

  const isAvatar = (user: AgoraRemoteUser) => Number(user.uid) === grant.avatarUid;

  async function receive(user: AgoraRemoteUser, media: 'audio' | 'video'): Promise<void> {
    await client.subscribe(user.uid, media);
    if (leaving) return;
    // It may have been unpublished while we subscribed; the next `user-published` brings the new one.
    if (media === 'video' && user.hasVideo && user.videoTrack) onEvent({ type: 'video', video: createRemoteVideo(user.videoTrack) });
    const { audioTrack } = user;
    if (media === 'audio' && user.hasAudio && audioTrack) {
      audioTrack.setVolume(volume);
      audioTrack.play();
      onEvent({
        type: 'audio',
        audio: { mediaStreamTrack: audioTrack.getMediaStreamTrack(), setVolume: (value) => audioTrack.setVolume(value * 100) },
      });
    }
  }

  // Everything is listened to before joining: a member who is already there publishes during the join.
  removeListeners.push(
    engine.onAutoplayFailed(() => {
      isBlocked = true;
      onEvent({ type: 'playback-block' });
    }),
  );
  listen('user-published', (user, media) => {
    if (!isAvatar(user)) return;
    receive(user, media).catch((cause: unknown) => {
      const isPublished = client.remoteUsers.some(({ uid }) => uid === user.uid) && (media === 'video' ? user.hasVideo : user.hasAudio);
      if (leaving || !isPublished) return;
      onEvent({ type: 'error', error: new AvatarError('channel-failed', { message: `The avatar's ${media} could not be received.`, cause }) });
    });
  });
  listen('user-unpublished', (user, media) => {
    if (isAvatar(user)) onEvent(media === 'video' ? { type: 'video', video: null } : { type: 'audio', audio: null });
  });
  listen('user-left', (user) => {
    if (!isAvatar(user)) return;
    onEvent({ type: 'video', video: null });
    onEvent({ type: 'audio', audio: null });
  });
  listen('stream-message', (uid, payload) => onEvent({ type: 'message', uid: Number(uid), payload }));
  listen('token-privilege-will-expire', () => onEvent({ type: 'token-expire' }));
  listen('connection-state-change', (current, previous, reason) => {
    if (current === 'RECONNECTING') onEvent({ type: 'reconnect' });
    if (current === 'CONNECTED' && previous === 'RECONNECTING') onEvent({ type: 'connect' });
    // While joining, the rejection of join() says it.
    if (current === 'DISCONNECTED' && reason !== 'LEAVE' && previous !== 'CONNECTING') {
      void leave();
      onEvent({ type: 'disconnect', error: disconnectError(reason) });
    }
  });

  const aborted = createDeferred<never>();
  const onAbort = () => aborted.reject(abortReason(signal));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await withTimeout(
      Promise.race([client.join(grant.appId, grant.channel, grant.token, grant.uid), aborted.promise]),
      clock,
      JOIN_TIMEOUT_MS,
      () => new AvatarError('channel-timeout', { message: `The channel could not be joined within ${JOIN_TIMEOUT_MS / 1000} s. Check the network and the firewall.` }),
    );
  } catch (cause) {
    // Not awaited: the SDK's leave may hang as long as its join does.
    void leave();
    throw signal.aborted ? abortReason(signal) : joinError(cause);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  onEvent({ type: 'connect' });
  return {
    native: client,
    leave,
    renewToken: (token) => client.renewToken(token),
    setVolume(value) {
      volume = value * 100;
      for (const user of client.remoteUsers) if (isAvatar(user)) user.audioTrack?.setVolume(volume);
    },
    async resumePlayback() {
      isBlocked = false;
      await engine.resume();
      if (!isBlocked && !leaving) onEvent({ type: 'playback-start' });
    },
  };
}
