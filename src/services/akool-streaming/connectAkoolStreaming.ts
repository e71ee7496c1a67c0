import { openAudioSocket } from '../../audio-socket/openAudioSocket.js';
import { createDeferred } from '../../clock/createDeferred.js';
import { withTimeout } from '../../clock/withTimeout.js';
import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { relaySubprotocols } from '../../grant/relayProtocol.js';
import type { AvatarConnection, AvatarConnectOptions, AvatarParams } from '../service.js';
import { endsConnection, errorOfClose, errorOfMessage } from './akoolError.js';
import type { AkoolStreamingSettings } from './akoolStreaming.js';
import { createAckTracker } from './createAckTracker.js';
import { createHeartbeat } from './createHeartbeat.js';
import { createMessages } from './createMessages.js';
import { createUplink } from '../../audio-socket/createUplink.js';
import type { AkoolClientMessage, AkoolServerMessage } from './messages.js';
import { parseServerMessage } from './parseServerMessage.js';

const INPUT_FORMAT = { sampleRateHz: 16_000, channels: 1 } as const;
/** One millisecond of PCM as base64. */
const BYTES_PER_MS = (16 * 2 * 4) / 3;

/** Opens the relay socket, sets the parameters and resolves when the avatar has joined the channel. */
export async function connectAkoolStreaming(settings: AkoolStreamingSettings, options: AvatarConnectOptions): Promise<AvatarConnection> {
  const { grant, signal, clock, onEvent } = options;
  const admission = grant.avatar;
  if (admission?.service !== 'akool-streaming') {
    throw new AvatarError('grant-invalid', { message: 'The grant admits to no streaming avatar. Check what the session route was asked for.' });
  }
  if (signal.aborted) throw abortReason(signal);

  const messages = createMessages();
  const acks = createAckTracker(clock);
  const opened = createDeferred();
  const confirmed = createDeferred();
  const joined = createDeferred<string>();
  const gone = createDeferred();
  let phase: 'connecting' | 'ready' | 'closing' | 'over' = 'connecting';
  let ended: Error | null = null;
  /** Why the connection is of no use any more; read anew each time, since it may end while we wait. */
  const whyEnded = () => ended;
  let channelId: string | null = null;

  const socket = openAudioSocket({
    url: admission.url,
    protocols: relaySubprotocols(admission.ticket),
    ...(settings.WebSocket ? { WebSocket: settings.WebSocket } : {}),
    onOpen: () => opened.resolve(),
    onMessage,
    onClose: ({ code }) => {
      finish(errorOfClose(code));
      gone.resolve();
    },
  });
  const queuedMs = () => socket.bufferedBytes / BYTES_PER_MS;
  const uplink = createUplink({ ...settings, queuedMs, send: (chunk) => send(messages.audio(chunk)) });
  const heartbeat = createHeartbeat({
    clock,
    intervalMs: settings.heartbeatIntervalMs,
    pongTimeoutMs: settings.pongTimeoutMs,
    ping: () => send(messages.ping()),
    onDead: () => {
      finish(new AvatarError('connection-lost', { message: 'The avatar stopped answering; the connection was given up.', context: { cause: 'no-pong' } }));
      socket.close();
    },
  });

  function send(message: AkoolClientMessage): string {
    socket.send(JSON.stringify(message));
    return message.mid;
  }

  /** The connection is of no use from here on; whoever waits for something hears why. */
  function finish(error: Error): void {
    if (phase === 'over') return;
    const wasReady = phase === 'ready';
    phase = 'over';
    ended = error;
    heartbeat.stop();
    signal.removeEventListener('abort', onAbort);
    for (const deferred of [opened, confirmed, joined]) deferred.reject(error);
    acks.rejectAll(error);
    if (wasReady && AvatarError.isInstance(error)) onEvent({ type: 'disconnect', error, unsentAudioMs: Math.round(uplink.pendingMs + queuedMs()) });
  }

  function onAbort(): void {
    finish(abortReason(signal));
    socket.close();
  }
  signal.addEventListener('abort', onAbort);

  function onMessage(data: string | ArrayBuffer): void {
    try {
      const { raw, known } = parseServerMessage(data);
      if (known) handle(known);
      onEvent({ type: 'message', message: raw });
    } catch (error) {
      if (!AvatarError.isInstance(error)) throw error;
      onEvent({ type: 'error', error });
    }
  }

  function handle(message: AkoolServerMessage): void {
    switch (message.type) {
      case 'system':
        if (message.pld.status === 'websocket_connected') confirmed.resolve();
        if (message.pld.status === 'agora_connected') {
          channelId = message.pld.channel_id ?? grant.channel?.channel ?? '';
          joined.resolve(channelId);
        }
        return;
      case 'ack':
        return acks.settle(message.pld.original_mid, message.pld.status, message.pld.message);
      case 'pong':
        return heartbeat.onPong();
      case 'error': {
        const error = errorOfMessage(message.pld.error_code, message.pld.error_message);
        if (!endsConnection(error)) return onEvent({ type: 'error', error });
        finish(error);
        socket.close();
      }
    }
  }

  async function command(message: AkoolClientMessage, what: string, timeoutMs: number): Promise<void> {
    if (phase === 'over' || phase === 'closing') {
      throw new AvatarError('connection-lost', { message: `The connection is gone, so ${what} was not sent.`, context: { what } });
    }
    const acknowledged = acks.wait(message.mid, what, timeoutMs);
    send(message);
    await acknowledged;
  }

  const setParams = (params: AvatarParams) => command(messages.setParams(params), 'the parameters', settings.ackTimeoutMs);

  async function leave(): Promise<void> {
    if (phase === 'over') return gone.promise;
    if (phase === 'ready') {
      uplink.flush();
      const acknowledged = command(messages.leave(), 'leaving', settings.leaveTimeoutMs);
      phase = 'closing';
      await acknowledged.catch(() => undefined); // a service that does not answer is left all the same
    }
    finish(new AvatarError('session-ended', { message: 'The session has ended.' }));
    socket.close();
    await gone.promise;
  }

  try {
    await withTimeout(opened.promise, clock, settings.connectTimeoutMs, () => timeoutError('The relay could not be reached', settings.connectTimeoutMs));
    heartbeat.start();
    await Promise.race([confirmed.promise, delay(settings.confirmTimeoutMs)]);
    onEvent({ type: 'connect' });
    await setParams(options.params);
    await withTimeout(joined.promise, clock, settings.joinTimeoutMs, () => timeoutError('The avatar did not join the channel', settings.joinTimeoutMs));
    // Between the avatar's joining and this line it may have ended.
    const end = whyEnded();
    if (end) throw end;
  } catch (error) {
    finish(error instanceof Error ? error : new Error(String(error)));
    socket.close();
    throw error;
  }
  // From here on the connection is ended by close(), which takes leave.
  signal.removeEventListener('abort', onAbort);
  phase = 'ready';
  onEvent({ type: 'join', channelId: channelId ?? '' });

  /** Resolves after a while unless the connection ends first; leaves no timer behind. */
  function delay(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.schedule(resolve, delayMs);
      confirmed.promise.then(cancel, cancel);
    });
  }

  return {
    inputFormat: INPUT_FORMAT,
    sendAudio: (samples) => (phase === 'ready' ? uplink.push(samples) : samples.length / 16),
    flushAudio: () => uplink.flush(),
    async interrupt() {
      uplink.clear();
      await command(messages.interrupt(), 'the interrupt', settings.ackTimeoutMs);
    },
    setParams,
    info: () => ({
      service: 'akool-streaming',
      connected: phase === 'ready',
      ready: phase === 'ready',
      sessionId: grant.sessionId,
      avatarId: admission.avatarId,
      channelId,
      roundTripMs: heartbeat.roundTripMs,
      sentAudioMs: uplink.sentMs,
    }),
    close: leave,
  };
}

function timeoutError(what: string, timeoutMs: number): AvatarError {
  return new AvatarError('avatar-timeout', { message: `${what} within ${timeoutMs / 1000} s. Another connection is tried.` });
}
