export interface UtteranceSegmenterOptions {
  /** Rate of the samples. Default 16,000. */
  readonly sampleRateHz?: number;
  /** Sound kept from before speech was noticed, so that no first consonant is lost. Default 300. */
  readonly preRollMs?: number;
  /** So much sound is speech; less is a click. Default 100. */
  readonly startMs?: number;
  /** So much quiet ends an utterance. Default 600. */
  readonly hangoverMs?: number;
  /** A longer utterance is given in parts. Default 30,000. */
  readonly maxUtteranceMs?: number;
  readonly onSpeechStart: () => void;
  /** Takes each utterance when it has ended: Int16Array [samples], mono, with its pre-roll and hang-over; the receiver's to keep. */
  readonly onUtterance: (samples: Int16Array) => void;
}

/** Finds the utterances in a stream of sound. */
export interface UtteranceSegmenter {
  /** Takes the next samples: Int16Array [samples], mono, any number; copied. */
  push(samples: Int16Array): void;
  /** No more is coming for now: what is being said has ended. */
  flush(): void;
  /** Forgets what is being said. What was learnt of the noise is kept. */
  clear(): void;
  readonly speaking: boolean;
}

const FRAME_MS = 10;
/** A frame this far above the noise floor is sound. */
const MARGIN_DB = 7;
/** Below this nothing is speech. */
const SILENCE_DB = -55;
/** Frames over which power is averaged: two periods of mains hum, which swings from one frame to the next. */
const SMOOTHED_FRAMES = 4;
/** The floor is the quietest frame of the last five seconds: in speech that long there is always a gap. */
const FLOOR_WINDOWS = 5;
const FLOOR_WINDOW_FRAMES = 100;

/** Makes a segmenter that listens for energy above an adaptive noise floor. */
export function createUtteranceSegmenter(options: UtteranceSegmenterOptions): UtteranceSegmenter {
  const { sampleRateHz = 16_000, preRollMs = 300, startMs = 100, hangoverMs = 600, maxUtteranceMs = 30_000, onSpeechStart, onUtterance } = options;
  const frame = new Int16Array(Math.round((sampleRateHz * FRAME_MS) / 1000));
  let filled = 0;
  let frames: Int16Array[] = [];
  let speaking = false;
  let soundMs = 0;
  let quietMs = 0;
  let powers: readonly number[] = [];
  let minima = [Infinity];
  let windowFrames = 0;

  function isSound(): boolean {
    let sum = 0;
    for (const sample of frame) sum += sample * sample;
    powers = [sum / frame.length / 32768 ** 2, ...powers.slice(0, SMOOTHED_FRAMES - 1)];
    const power = powers.reduce((total, value) => total + value, 0) / powers.length;
    const levelDb = 10 * Math.log10(Math.max(power, 1e-12));
    if (++windowFrames > FLOOR_WINDOW_FRAMES) {
      minima = [Infinity, ...minima.slice(0, FLOOR_WINDOWS - 1)];
      windowFrames = 1;
    }
    minima[0] = Math.min(minima[0] ?? levelDb, levelDb);
    return levelDb > Math.max(Math.min(...minima) + MARGIN_DB, SILENCE_DB);
  }

  function take(): Int16Array {
    const samples = new Int16Array(frames.length * frame.length);
    frames.forEach((part, index) => samples.set(part, index * frame.length));
    frames = [];
    return samples;
  }

  function finish(): void {
    speaking = false;
    soundMs = 0;
    onUtterance(take());
  }

  function listen(): void {
    const sound = isSound();
    frames.push(frame.slice());
    if (!speaking) {
      // A gap of one frame belongs to speech as well; a click is followed by more quiet than it was long.
      soundMs = sound ? soundMs + FRAME_MS : Math.max(0, soundMs - 2 * FRAME_MS);
      if (frames.length * FRAME_MS > preRollMs + startMs) frames.shift();
      if (soundMs < startMs) return;
      speaking = true;
      quietMs = 0;
      onSpeechStart();
      return;
    }
    quietMs = sound ? 0 : quietMs + FRAME_MS;
    if (quietMs >= hangoverMs) finish();
    else if (frames.length * FRAME_MS >= maxUtteranceMs) onUtterance(take());
  }

  return {
    push(samples) {
      for (let start = 0; start < samples.length; ) {
        const part = samples.subarray(start, start + frame.length - filled);
        frame.set(part, filled);
        filled += part.length;
        start += part.length;
        if (filled < frame.length) return;
        filled = 0;
        listen();
      }
    },
    flush() {
      if (speaking) finish();
    },
    clear() {
      speaking = false;
      soundMs = 0;
      frames = [];
      filled = 0;
    },
    get speaking() {
      return speaking;
    },
  };
}
