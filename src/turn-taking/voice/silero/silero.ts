import { AvatarError } from '../../../errors/AvatarError.js';
import { levelOf } from '../levelOf.js';
import type { CreateVoiceSource, VoiceProbabilitySource, VoiceSourceOptions } from '../VoiceProbabilitySource.js';
import { createSileroNet, SILERO_WINDOW, type SileroNet } from './createSileroNet.js';
import type { SileroRuntime, SileroSession } from './SileroRuntime.js';

export interface SileroOptions {
  /** Gives onnxruntime-web. With its `env.wasm.proxy` set it computes in a Worker. */
  readonly runtime: () => SileroRuntime | Promise<SileroRuntime>;
  /**
   * Address or bytes of the model, of version 6 or older, as `@ricky0123/vad-web` brings it: `dist/silero_vad_v6.onnx`. Versions 5 and 6
   * cost the same, and 6 takes far fewer crowds and melodies for a voice.
   */
  readonly model: string | URL | Uint8Array;
  /** Told when a window could not be judged; the frames of that window count as silence. */
  readonly onFailure?: (error: AvatarError) => void;
}

const FRAME_SAMPLES = 160;
const WINDOW_MS = 32;
/** Windows that may wait for a machine that does not keep up: half a second. */
const MAX_WAITING = 16;

/**
 * Voice probability from Silero VAD. Neither the runtime nor the model is part of this package: the application brings both.
 * Labels come when a window of 32 ms has been heard and judged, all of its frames at once.
 *
 * @example
 * ```ts
 * const source = silero({ runtime: () => import('onnxruntime-web'), model: '/silero_vad_v6.onnx' });
 * const activity = await createVoiceActivity({ source: spectralUntil(source), onSpeechEnd: recognise });
 * ```
 */
export function silero({ runtime, model, onFailure }: SileroOptions): CreateVoiceSource {
  return async (options) => {
    let session: SileroSession | null = null;
    try {
      const ort = await runtime();
      session = await (model instanceof Uint8Array ? ort.InferenceSession.create(model) : ort.InferenceSession.create(String(model)));
      return createSileroSource(createSileroNet(ort, session), session, options, onFailure);
    } catch (cause) {
      await session?.release();
      if (AvatarError.isInstance(cause)) throw cause;
      throw new AvatarError('peer-missing', {
        message: 'Silero could not be loaded. Install onnxruntime-web, serve its WebAssembly, and give the address of the model.',
        cause,
        context: { peer: 'onnxruntime-web' },
      });
    }
  };
}

function createSileroSource(net: SileroNet, session: SileroSession, { onLabel }: VoiceSourceOptions, onFailure: SileroOptions['onFailure']): VoiceProbabilitySource {
  let window = new Float32Array(SILERO_WINDOW);
  let filled = 0;
  /** Levels of the frames that have no label yet, oldest first, and those that have their middle in each window that waits. */
  let levelsDb: number[] = [];
  let framesOfWindow = 0;
  let windows: { samples: Float32Array; frames: number }[] = [];
  let judging: Promise<void> | null = null;
  let epoch = 0;
  let probability = 0;
  let closed = false;

  function label(frames: number): void {
    for (const rmsDb of levelsDb.splice(0, frames)) {
      if (!closed) onLabel({ rmsDb, voiceProbability: 100 * probability, pitchHz: null });
    }
  }

  async function judgeAll(): Promise<void> {
    try {
      for (let next = windows.shift(); next && !closed; next = windows.shift()) {
        const { samples, frames } = next;
        const begunIn = epoch;
        // Late beyond use: the last judgement stands in for it.
        const judged = windows.length < MAX_WAITING ? await judge(samples) : probability;
        if (epoch !== begunIn) continue;
        probability = judged;
        label(frames);
      }
    } finally {
      // A listener that throws must not leave the rest waiting for ever.
      judging = null;
    }
  }

  async function judge(samples: Float32Array): Promise<number> {
    try {
      return await net.judge(samples);
    } catch (cause) {
      onFailure?.(new AvatarError('not-ready', { message: 'Silero could not judge what it heard.', cause }));
      return 0;
    }
  }

  function endWindow(): void {
    windows.push({ samples: window, frames: framesOfWindow });
    window = new Float32Array(SILERO_WINDOW);
    filled = 0;
    framesOfWindow = 0;
    judging ??= judgeAll();
  }

  return {
    kind: 'silero',
    latencyMs: WINDOW_MS + MAX_WAITING * WINDOW_MS,
    push(frame) {
      if (closed) return;
      levelsDb.push(levelOf(frame));
      for (let n = 0; n < FRAME_SAMPLES; n++) {
        if (n === FRAME_SAMPLES / 2) framesOfWindow++;
        window[filled++] = (frame[n] ?? 0) / 32768;
        if (filled === SILERO_WINDOW) endWindow();
      }
    },
    reset() {
      epoch++;
      net.forget();
      probability = 0;
      windows = [];
      levelsDb = [];
      filled = 0;
      framesOfWindow = 0;
    },
    close() {
      if (closed) return;
      closed = true;
      const release = () => session.release();
      // A session must not go while it computes. Nobody is left whom a failure to let go would concern.
      void (judging ?? Promise.resolve()).then(release, release).catch(() => undefined);
    },
  };
}
