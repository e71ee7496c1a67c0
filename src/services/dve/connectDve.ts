import type { VoiceSocketHost } from '../../audio-socket/createVoiceSocketHost.js';
import type { VoiceSocket } from '../../audio-socket/VoiceSocket.js';
import { createDeferred } from '../../clock/createDeferred.js';
import { withTimeout } from '../../clock/withTimeout.js';
import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { RELAY_UPSTREAM_OPEN } from '../../grant/relayProtocol.js';
import { createConnectionLife } from '../createConnectionLife.js';
import type { VoiceConnection, VoiceConnectOptions, VoiceImage } from '../service.js';
import { decodeFrame } from './codec/decodeFrame.js';
import { encodeFrame } from './codec/encodeFrame.js';
import type { DveFrame } from './codec/frame.js';
import { createDveWire } from './createDveWire.js';
import type { DveSettings } from './dve.js';
import { dveErrorOfClose } from './dveError.js';

const INPUT_FORMAT = { sampleRateHz: 16_000, channels: 1 } as const;
const SAMPLES_PER_MS = 16;
/** 512 samples, as the vendor's samples send. */
const FRAME_MS = 32;

/** Opens the relay socket and resolves when the vendor's is open behind it. */
export async function connectDve(settings: DveSettings, sockets: VoiceSocketHost, options: VoiceConnectOptions): Promise<VoiceConnection> {
  const { grant, signal, clock, bypass, onEvent } = options;
  const admission = grant.voice;
  if (!admission) throw new AvatarError('grant-invalid', { message: 'The grant admits to no voice service. Check what the session route was asked for.' });
  /** The relay lets a page in before the vendor's socket is open. */
  const opened = createDeferred();
  let voice: VoiceSocket | null = null;
  const life = createConnectionLife({
    signal,
    onEnd(error, wasReady) {
      if (wasReady && AvatarError.isInstance(error)) onEvent({ type: 'disconnect', error, unsentAudioMs: Math.round(voice?.unsentAudioMs ?? 0) });
      voice?.close();
    },
  });
  const socket = await sockets.open(
    {
      settings: {
        admission: { url: admission.url, ticket: admission.ticket },
        wire: { vendor: 'dve', replyGapMs: settings.replyGapMs } as const,
        chunkDurationMs: FRAME_MS,
        maxQueuedMs: settings.maxQueuedMs,
        fillSilence: settings.fillSilence,
      },
      createWire: createDveWire,
      clock,
      WebSocket: settings.WebSocket,
      events: {
        onMessage,
        onSpeech: (samples, sampleRateHz) => onEvent({ type: 'speech', samples, sampleRateHz }),
        onSpeechPass: () => onEvent({ type: 'speech-pass' }),
        onSpeechClear: () => undefined,
        onInterrupt: (isCleared) => onEvent({ type: 'interrupt', ...(isCleared && { isCleared }) }),
        // This vendor is told of nothing.
        onCut: () => undefined,
        onError: (error) => onEvent({ type: 'error', error }),
        onLose: (lostMs) => onEvent({ type: 'audio-lose', lostMs }),
        onClose: ({ code, error }) => life.end(error ?? dveErrorOfClose(code, settings.retryableCloseCodes)),
      },
    },
    bypass ?? null,
  );
  voice = socket;
  if (life.isOver) {
    socket.close();
    throw abortReason(signal);
  }

  function onMessage(data: string | ArrayBuffer): void {
    if (life.isOver) return;
    if (typeof data === 'string') {
      if (data === RELAY_UPSTREAM_OPEN) opened.resolve();
      return; // the vendor speaks binary only
    }
    try {
      handle(decodeFrame(new Uint8Array(data)));
    } catch (error) {
      if (!AvatarError.isInstance(error)) throw error;
      onEvent({ type: 'error', error });
    }
  }

  function handle(frame: DveFrame): void {
    if (frame.kind === 'text' && settings.textRole) onEvent({ type: 'transcript', role: settings.textRole, text: frame.text, final: true });
    onEvent({ type: 'message', message: frame });
  }

  function ensureReady(what: string): void {
    if (!life.isReady) throw new AvatarError('connection-lost', { message: `The connection is gone, so ${what} was not sent.`, context: { what } });
  }

  async function sendImage({ bytes, format, width, height }: VoiceImage): Promise<void> {
    ensureReady('the picture');
    if (!settings.vision) {
      throw new AvatarError('not-ready', { message: 'This assistant looks at no pictures. Make the service with dve({ vision: true }).', retryable: false });
    }
    if (bytes.length === 0 || !isPixelCount(width) || !isPixelCount(height)) {
      throw new AvatarError('message-invalid', { message: 'The picture is empty or its size is not in whole pixels. Give an encoded PNG or JPEG with its size.' });
    }
    if (socket.queuedMs > settings.maxQueuedMs) {
      throw new AvatarError('rate-limited', { message: 'The network cannot keep up, so the picture was not sent. Send pictures less often, or smaller ones.' });
    }
    socket.send(encodeFrame({ kind: 'image', image: bytes, width, height, format }, settings));
  }

  await life.connect(() =>
    withTimeout(life.unlessOver(opened.promise), clock, settings.connectTimeoutMs, () =>
      new AvatarError('avatar-timeout', { message: `The voice service could not be reached within ${settings.connectTimeoutMs / 1000} s. Try again.` }),
    ),
  );
  socket.startAudio();
  onEvent({ type: 'connect' });

  return {
    inputFormat: INPUT_FORMAT,
    ...(socket.microphone && { microphone: socket.microphone }),
    sendAudio: (samples) => (life.isReady ? socket.sendAudio(samples) : samples.length / SAMPLES_PER_MS),
    speech: { send: (samples) => (life.isReady ? socket.sendSpeech(samples) : samples.length / SAMPLES_PER_MS), settle: socket.settleSpeech },
    flushAudio() {
      if (life.isReady) socket.flushAudio();
    },
    async sendText() {
      throw new AvatarError('not-ready', { message: 'The DaVinci Voice Engine takes no text: it listens to the microphone only.', retryable: false });
    },
    sendImage,
    async interrupt() {
      ensureReady('the interrupt');
      await socket.interrupt();
    },
    info: () => ({
      service: 'dve',
      connected: life.isReady,
      ready: life.isReady,
      sessionId: grant.sessionId,
      avatarId: '',
      channelId: null,
      roundTripMs: null,
      sentAudioMs: socket.sentAudioMs,
    }),
    async close() {
      if (life.isReady) socket.flushAudio();
      life.leave();
      life.end(new AvatarError('session-ended', { message: 'The session has ended.' }));
      await socket.gone;
    },
  };
}

function isPixelCount(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value <= 0xffff;
}
