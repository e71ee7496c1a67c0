import { createChunkPool } from '../audio/createChunkPool.js';
import { PCM_CHUNK_BYTES } from '../dsp/pcmChunk.js';
import type { VoiceSocketEvents } from './VoiceSocket.js';

/** Sends speech straight to a playback. */
export interface FeedWriter {
  readonly attached: boolean;
  attach(port: MessagePort): void;
  /** @param samples Int16Array [samples], mono; copied */
  write(samples: Int16Array, sampleRateHz: number): void;
  /** Has everything fall silent that was written. */
  clear(): void;
  stop(): void;
}

/** Makes a writer with nobody to write to. */
export function createFeedWriter({ onSpeechPass, onSpeechClear }: Pick<VoiceSocketEvents, 'onSpeechPass' | 'onSpeechClear'>): FeedWriter {
  const pool = createChunkPool();
  let port: MessagePort | null = null;

  function leave(): void {
    if (!port) return;
    port.onmessage = null;
    port.postMessage('done');
    port.close();
    port = null;
  }

  return {
    get attached() {
      return port !== null;
    },
    attach(next) {
      leave();
      port = next;
      next.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (data instanceof ArrayBuffer && data.byteLength === PCM_CHUNK_BYTES) pool.give(data);
      };
    },
    write(samples, sampleRateHz) {
      pool.cut(samples, sampleRateHz, (buffer) => port?.postMessage(buffer, [buffer]));
      onSpeechPass((samples.length / sampleRateHz) * 1000);
    },
    clear() {
      if (!port) return;
      port.postMessage('clear');
      onSpeechClear();
    },
    stop: leave,
  };
}
