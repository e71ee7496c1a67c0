import { createUplink } from '../../audio-socket/createUplink.js';
import { openRelaySocket } from '../../audio-socket/openRelaySocket.js';
import { createDeferred } from '../../clock/createDeferred.js';
import { withTimeout } from '../../clock/withTimeout.js';
import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { RELAY_UPSTREAM_OPEN } from '../../grant/relayProtocol.js';
import { createConnectionLife } from '../createConnectionLife.js';
import type { VoiceConnection, VoiceConnectOptions, VoiceImage } from '../service.js';
import { decodeFrame } from './codec/decodeFrame.js';
import { encodeFrame } from './codec/encodeFrame.js';
import { DVE_INTERRUPT, type DveFrame } from './codec/frame.js';
import { createReplyGate } from './createReplyGate.js';
import { createSilenceFiller } from './createSilenceFiller.js';
import { createSpeechUnpacker } from './createSpeechUnpacker.js';
import type { DveSettings } from './dve.js';
import { dveErrorOfClose } from './dveError.js';

const INPUT_FORMAT = { sampleRateHz: 16_000, channels: 1 } as const;
const SAMPLES_PER_MS = 16;
const BYTES_PER_MS = SAMPLES_PER_MS * 2;
/** 512 samples, as the vendor's samples send. */
const FRAME_MS = 32;

/** Opens the relay socket and resolves when the vendor's is open behind it. */
export async function connectDve(settings: DveSettings, options: VoiceConnectOptions): Promise<VoiceConnection> {
  const { grant, signal, clock, onEvent } = options;
  const admission = grant.voice;
  if (!admission) throw new AvatarError('grant-invalid', { message: 'The grant admits to no voice service. Check what the session route was asked for.' });
  if (signal.aborted) throw abortReason(signal);

  /** The relay lets a page in before the vendor's socket is open. */
  const opened = createDeferred();
  const unpacker = createSpeechUnpacker();
  const gate = createReplyGate(clock, settings.replyGapMs);
  const socket = openRelaySocket({
    admission,
    WebSocket: settings.WebSocket,
    onMessage,
    onClose: ({ code }) => life.end(dveErrorOfClose(code, settings.retryableCloseCodes)),
  });
  const life = createConnectionLife({
    signal,
    onEnd(error, wasReady) {
      filler.stop();
      if (wasReady && AvatarError.isInstance(error)) onEvent({ type: 'disconnect', error, unsentAudioMs: Math.round(uplink.pendingMs + queuedMs()) });
      socket.close();
    },
  });
  const queuedMs = () => socket.bufferedBytes / BYTES_PER_MS;
  const uplink = createUplink({
    chunkDurationMs: FRAME_MS,
    queuedMs,
    maxQueuedMs: settings.maxQueuedMs,
    send(chunk) {
      const audio = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      socket.send(encodeFrame({ kind: 'audio', audio, sampleRateHz: INPUT_FORMAT.sampleRateHz, channels: INPUT_FORMAT.channels }));
    },
  });
  const filler = createSilenceFiller({ clock, frameMs: FRAME_MS, send: (durationMs) => void uplink.push(new Int16Array(durationMs * SAMPLES_PER_MS)) });

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
    if (frame.kind === 'audio') {
      const speech = gate.admit() ? unpacker.unpack(frame) : null;
      if (speech) onEvent({ type: 'speech', ...speech });
      return;
    }
    if (frame.kind === 'text' && frame.text === DVE_INTERRUPT) {
      gate.open();
      unpacker.reset();
      onEvent({ type: 'interrupt' });
      return;
    }
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
    if (queuedMs() > settings.maxQueuedMs) {
      throw new AvatarError('rate-limited', { message: 'The network cannot keep up, so the picture was not sent. Send pictures less often, or smaller ones.' });
    }
    socket.send(encodeFrame({ kind: 'image', image: bytes, width, height, format }, settings));
  }

  await life.connect(() =>
    withTimeout(life.unlessOver(opened.promise), clock, settings.connectTimeoutMs, () =>
      new AvatarError('avatar-timeout', { message: `The voice service could not be reached within ${settings.connectTimeoutMs / 1000} s. Try again.` }),
    ),
  );
  if (settings.fillSilence) filler.start();
  onEvent({ type: 'connect' });

  return {
    inputFormat: INPUT_FORMAT,
    sendAudio(samples) {
      if (!life.isReady) return samples.length / SAMPLES_PER_MS;
      filler.onSound();
      return uplink.push(samples);
    },
    flushAudio() {
      if (life.isReady) uplink.flush();
    },
    async sendText() {
      throw new AvatarError('not-ready', { message: 'The DaVinci Voice Engine takes no text: it listens to the microphone only.', retryable: false });
    },
    sendImage,
    async interrupt() {
      ensureReady('the interrupt');
      gate.shut();
      unpacker.reset();
    },
    info: () => ({
      service: 'dve',
      connected: life.isReady,
      ready: life.isReady,
      sessionId: grant.sessionId,
      avatarId: '',
      channelId: null,
      roundTripMs: null,
      sentAudioMs: uplink.sentMs,
    }),
    async close() {
      if (life.isReady) uplink.flush();
      life.leave();
      life.end(new AvatarError('session-ended', { message: 'The session has ended.' }));
      await socket.gone;
    },
  };
}

function isPixelCount(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value <= 0xffff;
}
