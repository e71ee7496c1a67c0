import { createDeferred } from '../../clock/createDeferred.js';
import { withTimeout } from '../../clock/withTimeout.js';
import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { Channel, ChannelConnection, ChannelJoinOptions } from '../channel.js';
import type { AgoraClient } from './agoraClient.js';
import type { AgoraEngine } from './agoraEngine.js';
import { disconnectError, joinError } from './channelError.js';
import { createMessageQueue } from './createMessageQueue.js';
import { createPublisher } from './createPublisher.js';
import { createReception } from './createReception.js';
import { listenTo } from './listenTo.js';
import { passEvents } from './passEvents.js';
import { NO_STATS, readChannelStats } from './readChannelStats.js';
import type { RoomSettings } from './RoomSettings.js';
import { whenIdle } from './whenIdle.js';

/** `client.join` never rejects where there is no network. */
const JOIN_TIMEOUT_MS = 20_000;
/** Nor does `client.leave` always; the room is of no use by then, whatever becomes of it. */
const LEAVE_TIMEOUT_MS = 3000;
const VOLUME_INTERVAL_MS = 2000;

/** The channel port over an Agora client: the SDK's own, or the loopback client of an emulator's room. */
export function createAgoraChannel(engine: AgoraEngine, settings: RoomSettings = {}): Channel {
  return { kind: 'agora', join: (options) => join(engine, settings, options) };
}

async function join(engine: AgoraEngine, settings: RoomSettings, options: ChannelJoinOptions): Promise<ChannelConnection> {
  const { grant, signal, clock, onEvent } = options;
  if (signal.aborted) throw abortReason(signal);
  const client = engine.createClient();
  const { volumeIndicatorIntervalMs = VOLUME_INTERVAL_MS } = settings;
  const listeners = listenTo(client);
  /** True when the browser has refused to play sound since it was last asked to. */
  let isBlocked = false;
  let hasAsked = false;
  let leaving: Promise<void> | null = null;

  const reception = createReception({ client, listeners, avatarUid: grant.avatarUid, dualStream: settings.dualStream, onEvent });
  const becomeHost = () => takeHostRole(client);
  const messages = createMessageQueue(client, becomeHost);
  const publisher = createPublisher({ client, engine, prepare: becomeHost });

  function leave(): Promise<void> {
    leaving ??= (async () => {
      listeners.remove();
      stopAutoplayWatch();
      messages.close();
      publisher.close();
      reception.stop();
      // A client that the application uses elsewhere is not ours to take out.
      // Rejects for a room that is already gone.
      if (hasAsked) await withTimeout(client.leave(), clock, LEAVE_TIMEOUT_MS, () => new Error('The SDK did not leave in time.')).catch(() => undefined);
      publisher.release();
    })();
    return leaving;
  }

  /** The room is gone for good. */
  function end(error: AvatarError): void {
    void leave();
    onEvent({ type: 'disconnect', error });
  }

  // Everything is listened to before joining: a member who is already there publishes during the join.
  const stopAutoplayWatch = engine.onAutoplayFailed(() => {
    isBlocked = true;
    onEvent({ type: 'playback-block' });
  });
  passEvents(listeners, onEvent);
  listeners.on('token-privilege-did-expire', () => end(disconnectError('TOKEN_EXPIRE')));
  listeners.on('connection-state-change', (current, previous, reason) => {
    messages.onState(current);
    if (current === 'RECONNECTING') onEvent({ type: 'reconnect' });
    if (current === 'CONNECTED' && previous === 'RECONNECTING') onEvent({ type: 'connect' });
    // While joining, the rejection of join() says it; before, it is the end of an earlier stay of the same client.
    if (current === 'DISCONNECTED' && previous !== 'CONNECTING' && hasAsked) end(disconnectError(reason));
  });

  async function enter(): Promise<void> {
    await whenIdle(client, listeners);
    if (leaving) return;
    hasAsked = true;
    const { encryption } = settings;
    if (encryption) client.setEncryptionConfig?.(encryption.mode, encryption.secret, encryption.salt, encryption.encryptDataStream);
    await client.join(grant.appId, grant.channel, grant.token, grant.uid);
  }

  const aborted = createDeferred<never>();
  const onAbort = () => aborted.reject(abortReason(signal));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await withTimeout(
      Promise.race([enter(), aborted.promise]),
      clock,
      JOIN_TIMEOUT_MS,
      () => new AvatarError('channel-timeout', { message: `The channel could not be joined within ${JOIN_TIMEOUT_MS / 1000} s. Check the network and the firewall.` }),
    );
  } catch (cause) {
    const left = leave();
    // A failure is told at once. Who has ended the session waits, so that the next one does not join beside a client that is still on its way out.
    if (signal.aborted) await left;
    throw signal.aborted ? abortReason(signal) : joinError(cause);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  if (volumeIndicatorIntervalMs > 0) {
    engine.setVolumeInterval(volumeIndicatorIntervalMs);
    client.enableAudioVolumeIndicator();
  }
  onEvent({ type: 'connect' });
  reception.meetAll();
  if (settings.shortcoming) onEvent({ type: 'error', error: new AvatarError('channel-failed', { message: settings.shortcoming, retryable: false }) });
  return {
    native: client,
    leave,
    send: messages.send,
    publish: publisher.publish,
    setVolume: reception.setVolume,
    setSpeaker: reception.setSpeaker,
    getStats: async () => (leaving ? NO_STATS : readChannelStats(client, reception.avatarUid)),
    async renewToken(token) {
      try {
        await client.renewToken(token);
      } catch (cause) {
        throw new AvatarError('channel-failed', { message: 'The channel did not take the renewed token.', cause });
      }
    },
    async resumePlayback() {
      isBlocked = false;
      await engine.resume();
      if (!isBlocked && !leaving) onEvent({ type: 'playback-start' });
    },
  };
}

/** In a `live` channel the audience may neither publish nor send. The role is kept: a change back would cut what was published. */
async function takeHostRole(client: AgoraClient): Promise<void> {
  if (client.mode === 'live' && client.role !== 'host') await client.setClientRole?.('host');
}
