import { MIC_FRAME_SAMPLES } from '../../dsp/micFrame.js';
import { createSampleRing } from '../vad/createSampleRing.js';

/** Keeps what was said last, and what is being said. */
export interface UtteranceBuffer {
  /** Takes every frame: Int16Array [160], mono, 16 kHz; copied. */
  push(frame: Int16Array): void;
  /** Begins with the latest frames, so many of them as there are; or with samples that somebody else kept, the latest frame among them. */
  begin(from: number | Int16Array): void;
  /** A copy of what has been said since it began: Int16Array [samples], mono, 16 kHz. */
  copy(): Int16Array<ArrayBuffer>;
  /** Forgets what is being said, not what was heard last. */
  end(): void;
  /** True between `begin` and `end`. */
  readonly open: boolean;
  /** True when there was more than can be kept. */
  readonly truncated: boolean;
}

const FIRST_FRAMES = 200;
const NO_SAMPLES = new Int16Array(0);

/** Makes an empty buffer. Between two utterances it holds no more than the latest frames. */
export function createUtteranceBuffer(preRollFrames: number, maxFrames: number): UtteranceBuffer {
  const ring = createSampleRing(preRollFrames, MIC_FRAME_SAMPLES);
  const limit = maxFrames * MIC_FRAME_SAMPLES;
  let samples = NO_SAMPLES;
  let length = 0;
  let open = false;
  let truncated = false;

  function append(more: Int16Array): void {
    const taken = Math.min(more.length, limit - length);
    if (taken < more.length) truncated = true;
    if (length + taken > samples.length) {
      const larger = new Int16Array(Math.min(limit, Math.max(FIRST_FRAMES * MIC_FRAME_SAMPLES, 2 * samples.length, length + taken)));
      larger.set(samples.subarray(0, length));
      samples = larger;
    }
    samples.set(taken < more.length ? more.subarray(0, taken) : more, length);
    length += taken;
  }

  return {
    get open() {
      return open;
    },
    get truncated() {
      return truncated;
    },
    push(frame) {
      ring.push(frame);
      if (open) append(frame);
    },
    begin(from) {
      open = true;
      truncated = false;
      length = 0;
      append(typeof from === 'number' ? ring.latest(from) : from);
    },
    copy: () => samples.slice(0, length),
    end() {
      open = false;
      samples = NO_SAMPLES;
      length = 0;
    },
  };
}
