import { createResampler } from '../../../dsp/createResampler.js';
import { levelOf } from '../levelOf.js';
import type { CreateVoiceSource, VoiceProbabilitySource, VoiceSourceOptions } from '../VoiceProbabilitySource.js';
import { loadRnnoise, type RnnoiseModule, type RnnoiseOptions } from './loadRnnoise.js';

const INPUT_FRAME = 160;
const FRAME = 480;
const INPUT_RATE_HZ = 16_000;
const RATE_HZ = 48_000;
const BYTES = 4;

/**
 * Voice probability from RNNoise, a small recurrent network of about 105 KB gzip, fetched when a source is made. Labels come
 * within `push`; pitch is not looked for.
 *
 * @example
 * ```ts
 * import wasm from '@jitsi/rnnoise-wasm/dist/rnnoise.wasm?url';
 *
 * const source = rnnoise({ module: () => import('@jitsi/rnnoise-wasm/dist/rnnoise.js'), wasm });
 * const activity = await createVoiceActivity({ source: spectralUntil(source), onSpeechEnd: recognise });
 * ```
 * @see https://jmvalin.ca/demo/rnnoise/
 */
export function rnnoise(from: RnnoiseOptions): CreateVoiceSource {
  return async (options) => createRnnoiseSource(await loadRnnoise(from), options);
}

function createRnnoiseSource(module: RnnoiseModule, { onLabel }: VoiceSourceOptions): VoiceProbabilitySource {
  const resampler = createResampler({ inputRateHz: INPUT_RATE_HZ, outputRateHz: RATE_HZ, maxBlockLength: INPUT_FRAME });
  const samples = new Float32Array(INPUT_FRAME);
  const resampled = new Float32Array(resampler.maxOutputLength(INPUT_FRAME));
  // Its own delay leaves the resampler short of a frame at first: that much silence goes before.
  const waiting = new Float32Array(FRAME + resampled.length);
  const buffer = module._malloc(FRAME * BYTES);
  const label = { rmsDb: -127, voiceProbability: 0, pitchHz: null };
  let state = module._rnnoise_create();
  let filled = 0;
  let closed = false;
  prime();

  function prime(): void {
    resampler.reset();
    waiting.fill(0);
    const first = resampler.process(samples.fill(0), INPUT_FRAME, resampled);
    filled = Math.max(0, FRAME - first);
  }

  return {
    kind: 'rnnoise',
    latencyMs: 0,
    push(frame) {
      if (closed) return;
      // RNNoise wants the range of int16.
      for (let n = 0; n < INPUT_FRAME; n++) samples[n] = frame[n] ?? 0;
      const written = resampler.process(samples, INPUT_FRAME, resampled);
      for (let n = 0; n < written; n++) waiting[filled + n] = resampled[n] ?? 0;
      filled += written;
      if (filled >= FRAME) {
        module.HEAPF32.set(waiting.subarray(0, FRAME), buffer / BYTES);
        label.voiceProbability = 100 * module._rnnoise_process_frame(state, buffer, buffer);
        waiting.copyWithin(0, FRAME, filled);
        filled -= FRAME;
      }
      label.rmsDb = levelOf(frame);
      onLabel(label);
    },
    reset() {
      if (closed) return;
      module._rnnoise_destroy(state);
      state = module._rnnoise_create();
      label.voiceProbability = 0;
      prime();
    },
    close() {
      if (closed) return;
      closed = true;
      module._rnnoise_destroy(state);
      module._free(buffer);
    },
  };
}
