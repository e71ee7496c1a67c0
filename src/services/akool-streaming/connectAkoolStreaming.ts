import type { VoiceSocketHost } from '../../audio-socket/createVoiceSocketHost.js';
import type { VoiceSocket } from '../../audio-socket/VoiceSocket.js';
import { createDeferred } from '../../clock/createDeferred.js';
import { withTimeout } from '../../clock/withTimeout.js';
import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { createConnectionLife } from '../createConnectionLife.js';
import type { AvatarConnection, AvatarConnectOptions, AvatarParams } from '../service.js';
import { endsConnection, errorOfClose, errorOfMessage } from './akoolError.js';
import type { AkoolStreamingSettings } from './akoolStreaming.js';
import { createAckTracker } from './createAckTracker.js';
import { createAkoolWire } from './createAkoolWire.js';
import { createHeartbeat } from './createHeartbeat.js';
import { createMessages } from './createMessages.js';
import type { AkoolClientMessage, AkoolServerMessage } from './messages.js';
import { parseServerMessage } from './parseServerMessage.js';

const INPUT_FORMAT = { sampleRateHz: 16_000, channels: 1 } as const;

/** Opens the relay socket, sets the parameters and resolves when the avatar has joined the channel. */
export async function connectAkoolStreaming(settings: AkoolStreamingSettings, sockets: VoiceSocketHost, options: AvatarConnectOptions): Promise<AvatarConnection> {
  const { grant, signal, clock, bypass, onEvent } = options;
  const admission = grant.avatar;
  if (admission?.service !== 'akool-streaming') {
    throw new AvatarError('grant-invalid', { message: 'The grant admits to no streaming avatar. Check what the session route was asked for.' });
  }
  const messages = createMessages();
  const acks = createAckTracker(clock);
  const confirmed = createDeferred();
  const joined = createDeferred<string>();
  let channelId: string | null = null;
  let closing: Promise<void> | null = null;
  /** The latest interrupt that a turn detector has sent: its acknowledgement may come before the page asks for it. */
  let cut: { readonly mid: string; readonly acknowledged: Promise<void> } | null = null;

  let voice: VoiceSocket | null = null;
  const life = createConnectionLife({
    signal,
    onEnd(error, wasReady) {
      heartbeat.stop();
      acks.rejectAll(error);
      if (wasReady && AvatarError.isInstance(error)) onEvent({ type: 'disconnect', error, unsentAudioMs: Math.round(voice?.unsentAudioMs ?? 0) });
      voice?.close();
    },
  });
  const heartbeat = createHeartbeat({
    clock,
    intervalMs: settings.heartbeatIntervalMs,
    pongTimeoutMs: settings.pongTimeoutMs,
    ping: () => send(messages.ping()),
    onDead: () => life.end(new AvatarError('connection-lost', { message: 'The avatar stopped answering; the connection was given up.', context: { cause: 'no-pong' } })),
  });

  const socket = await sockets.open(
    {
      settings: {
        admission: { url: admission.url, ticket: admission.ticket },
        wire: { vendor: 'akool-streaming' } as const,
        chunkDurationMs: settings.chunkDurationMs,
        maxQueuedMs: settings.maxQueuedMs,
        fillSilence: false,
      },
      createWire: createAkoolWire,
      clock,
      WebSocket: settings.WebSocket,
      events: {
        onMessage,
        onLose: (lostMs) => onEvent({ type: 'audio-lose', lostMs }),
        onCut(mid) {
          const acknowledged = acks.wait(mid, 'the interrupt', settings.ackTimeoutMs);
          acknowledged.catch(() => undefined); // whoever interrupts next hears of it
          cut = { mid, acknowledged };
        },
        onError: (error) => onEvent({ type: 'error', error }),
        onClose: ({ code, error }) => life.end(error ?? errorOfClose(code)),
        // Nothing is heard through this socket.
        onSpeech: () => undefined,
        onSpeechPass: () => undefined,
        onSpeechClear: () => undefined,
        onInterrupt: () => undefined,
      },
    },
    bypass ?? null,
  );
  voice = socket;
  if (life.isOver) {
    socket.close();
    throw abortReason(signal);
  }

  function send(message: AkoolClientMessage): string {
    socket.send(JSON.stringify(message));
    return message.mid;
  }

  function onMessage(data: string | ArrayBuffer): void {
    try {
      const { raw, known } = parseServerMessage(data);
      // First, since what it says may be the end, which nothing follows.
      onEvent({ type: 'message', message: raw });
      if (known && !life.isOver) handle(known);
    } catch (error) {
      if (!AvatarError.isInstance(error)) throw error;
      onEvent({ type: 'error', error });
    }
  }

  function handle(message: AkoolServerMessage): void {
    switch (message.type) {
      case 'system':
        if (message.pld.status === 'websocket_connected') confirmed.resolve();
        if (message.pld.status === 'agora_connected') joined.resolve(message.pld.channel_id ?? grant.channel?.channel ?? '');
        return;
      case 'ack':
        return acks.settle(message.pld.original_mid, message.pld.status, message.pld.message);
      case 'pong':
        return heartbeat.onPong();
      case 'error': {
        const error = errorOfMessage(message.pld.error_code, message.pld.error_message);
        if (!endsConnection(error)) return onEvent({ type: 'error', error });
        life.end(error);
      }
    }
  }

  function ensureOpen(what: string): void {
    if (life.isOver || closing) {
      throw new AvatarError('connection-lost', { message: `The connection is gone, so ${what} was not sent.`, context: { what } });
    }
  }

  async function command(message: AkoolClientMessage, what: string, timeoutMs: number): Promise<void> {
    ensureOpen(what);
    const acknowledged = acks.wait(message.mid, what, timeoutMs);
    send(message);
    await acknowledged;
  }

  async function interrupt(): Promise<void> {
    ensureOpen('the interrupt');
    // Its name is given where the socket is: a turn detector may have had it sent already.
    const mid = await socket.interrupt();
    if (mid === null || life.isOver) throw new AvatarError('connection-lost', { message: 'The connection was lost while the avatar was interrupted.' });
    await (cut?.mid === mid ? cut.acknowledged : acks.wait(mid, 'the interrupt', settings.ackTimeoutMs));
  }

  const setParams = (params: AvatarParams) => command(messages.setParams(params), 'the parameters', settings.ackTimeoutMs);

  async function leave(): Promise<void> {
    if (life.isReady) {
      socket.flushAudio();
      const acknowledged = command(messages.leave(), 'leaving', settings.leaveTimeoutMs);
      life.leave();
      await acknowledged.catch(() => undefined); // a service that does not answer is left all the same
    }
    life.end(new AvatarError('session-ended', { message: 'The session has ended.' }));
    await socket.gone;
  }

  /** Resolves when the service has confirmed, or after a while without; rejects when the connection ends first. Leaves no timer behind. */
  function confirmation(): Promise<void> {
    const confirmedOrOver = life.unlessOver(confirmed.promise);
    const patience = new Promise<void>((resolve) => {
      const cancel = clock.schedule(resolve, settings.confirmTimeoutMs);
      confirmedOrOver.then(cancel, cancel);
    });
    return Promise.race([confirmedOrOver, patience]);
  }

  await life.connect(async () => {
    await withTimeout(life.unlessOver(socket.opened), clock, settings.connectTimeoutMs, () => timeoutError('The relay could not be reached', settings.connectTimeoutMs));
    heartbeat.start();
    await confirmation();
    onEvent({ type: 'connect' });
    await setParams(options.params);
    channelId = await withTimeout(life.unlessOver(joined.promise), clock, settings.joinTimeoutMs, () => timeoutError('The avatar did not join the channel', settings.joinTimeoutMs));
  });
  onEvent({ type: 'join', channelId: channelId ?? '' });

  return {
    inputFormat: INPUT_FORMAT,
    ...(socket.microphone && { microphone: socket.microphone }),
    sendAudio: (samples) => (life.isReady ? socket.sendAudio(samples) : samples.length / 16),
    speech: { send: (samples) => (life.isReady ? socket.sendSpeech(samples) : samples.length / 16), settle: socket.settleSpeech },
    flushAudio: socket.flushAudio,
    interrupt,
    setParams,
    info: () => ({
      service: 'akool-streaming',
      connected: life.isReady,
      ready: life.isReady,
      sessionId: grant.sessionId,
      avatarId: admission.avatarId,
      channelId,
      roundTripMs: heartbeat.roundTripMs,
      sentAudioMs: socket.sentAudioMs,
    }),
    close: () => (closing ??= leave()),
  };
}

function timeoutError(what: string, timeoutMs: number): AvatarError {
  return new AvatarError('avatar-timeout', { message: `${what} within ${timeoutMs / 1000} s. Another connection is tried.` });
}
