import { createFade } from './createFade.js';
import { createJitterTarget } from './createJitterTarget.js';
import { createPcmSource } from './createPcmSource.js';
import type { PcmChunk } from './pcmChunk.js';

/**
 * `idle`: nothing to say. `filling`: gathers speech before the first sound. `playing`.
 * `waiting`: ran dry in mid-speech, or gathers again after that.
 */
export type JitterBufferState = 'idle' | 'filling' | 'playing' | 'waiting';

/** Speech that arrives as it likes, played without gaps. */
export interface JitterBuffer {
  readonly state: JitterBufferState;
  /** Milliseconds of speech that have been rendered since the last `clear()`; what is faded by it does not count. */
  readonly playedMs: number;
  readonly bufferedMs: number;
  /** How much speech is gathered before it is played. */
  readonly targetMs: number;
  readonly underruns: number;
  push(chunk: PcmChunk): void;
  /** No more of this reply is coming: what is there is played without waiting for the target. */
  end(): void;
  /** Fades out in 5 ms and drops the rest. */
  clear(): void;
  /** Fills one render quantum: Float32Array [samples], mono. Allocates nothing in steady state. */
  render(output: Float32Array): void;
}

/** Speech that is shorter than the target, and not said to be complete, is played when nothing has followed for this long. */
const PATIENCE_MS = 200;
/** After this long without speech, a reply that was not said to be complete counts as complete: no underrun. */
const IDLE_AFTER_MS = 300;
/** Speech that goes on after a gap comes up within this. */
const RISE_MS = 3;

/**
 * Makes an empty jitter buffer. It waits for a target that it learns, and after a gap waits for it again; it never drops speech
 * and never stretches it.
 *
 * @param onRelease - gets each chunk once it has been read or cleared.
 */
export function createJitterBuffer(options: { readonly outputRateHz: number; readonly onRelease: (chunk: PcmChunk) => void }): JitterBuffer {
  const { outputRateHz, onRelease } = options;
  const source = createPcmSource(outputRateHz, onRelease);
  const target = createJitterTarget();
  const fade = createFade(outputRateHz);
  const riseLength = Math.round((outputRateHz * RISE_MS) / 1000);
  let state: JitterBufferState = 'idle';
  let complete = false;
  // Milliseconds without sound in mid-speech, and since the last chunk.
  let gapMs = 0;
  let quietMs = 0;
  let dry = false;
  let risen = riseLength;
  let last = 0;

  /** Reads from the source; after a gap the first samples are raised gently. */
  function play(output: Float32Array, start: number): number {
    const count = source.read(output, start);
    for (let i = start; risen < riseLength && i < start + count; i++) output[i] = ((output[i] ?? 0) * ++risen) / riseLength;
    if (count > 0) last = output[start + count - 1] ?? 0;
    return count;
  }

  function startIfReady(): void {
    const { bufferedMs } = source;
    if (bufferedMs === 0 || (bufferedMs < target.targetMs && !complete && quietMs < PATIENCE_MS)) return;
    state = 'playing';
    target.onStart(bufferedMs);
  }

  function runDry(): void {
    fade.begin(0, last);
    last = 0;
    state = complete ? 'idle' : 'waiting';
    dry = true;
    gapMs = 0;
  }

  return {
    get state() {
      return state;
    },
    get playedMs() {
      return source.readMs;
    },
    get bufferedMs() {
      return source.bufferedMs;
    },
    get targetMs() {
      return target.targetMs;
    },
    get underruns() {
      return target.underruns;
    },
    push(chunk) {
      if (state === 'playing') target.onArrival(source.bufferedMs);
      if (state === 'waiting' && dry) {
        target.onUnderrun(gapMs);
        risen = 0;
      }
      if (state === 'idle') state = 'filling';
      dry = false;
      complete = false;
      quietMs = 0;
      source.push(chunk);
    },
    end() {
      complete = true;
      if (state === 'waiting' && dry) state = 'idle';
    },
    clear() {
      // A fade that is under way goes on.
      if (state === 'playing' && !fade.pending) fade.begin(play(fade.samples, 0), last);
      source.clear();
      state = 'idle';
      last = 0;
      risen = riseLength;
    },
    render(output) {
      const durationMs = (output.length / outputRateHz) * 1000;
      quietMs += durationMs;
      let position = fade.read(output, 0);
      if (state === 'filling' || state === 'waiting') startIfReady();
      if (state === 'playing') {
        position += play(output, position);
        target.onPlayed(durationMs);
        if (position < output.length) {
          runDry();
          position += fade.read(output, position);
        }
      } else if (state === 'waiting' && dry) {
        gapMs += durationMs;
        if (gapMs >= IDLE_AFTER_MS) state = 'idle';
      }
      output.fill(0, position);
    },
  };
}
