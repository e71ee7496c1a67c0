import { createTurnDetector, type TurnDetector } from '../../../../src/turn-taking/detector/createTurnDetector.js';
import type { LabelEvent, TurnDetectorEvent } from '../../../../src/turn-taking/detector/TurnDetectorEvent.js';
import type { TurnDetectorOptions } from '../../../../src/turn-taking/detector/TurnDetectorOptions.js';
import { readWavFile } from '../../../e2e/support/signals.js';

const FRAME = 160;

/** 20 s of speech with pauses, 16 kHz: from 12.27 to 15.36 s nearly without one. */
export const avatarVoice = readWavFile('test/fixtures/speech-16k.wav').samples;
/** 2 s of speech, from its first sound on, of a smaller person: a phrase of the same recording, a quarter faster and higher. */
export const userVoice = Int16Array.from({ length: 1.99 * 16_000 }, (_, n) => {
  const at = 7.35 * 16_000 + n * 1.25;
  const before = avatarVoice[Math.floor(at)] ?? 0;
  return before + (at % 1) * ((avatarVoice[Math.floor(at) + 1] ?? 0) - before);
});

export const silence = (ms: number) => new Int16Array(16 * ms);

/** Samples end to end. */
export function join(...parts: readonly Int16Array[]): Int16Array {
  return Int16Array.from(parts.flatMap((part) => [...part]));
}

/** How a room gives back what a loudspeaker plays: later, weaker, and more than once. */
export function echoOf(played: Int16Array, gainDb: number, delayMs = 60): Int16Array {
  const gain = 10 ** (gainDb / 20);
  const taps = [[0, 0.8], [37, -0.3], [113, 0.25], [290, 0.15], [611, -0.1], [1200, 0.06]] as const;
  return played.map((_, n) => gain * taps.reduce((sum, [lag, weight]) => sum + weight * (played[n - 16 * delayMs - lag] ?? 0), 0));
}

/** Sums of sounds, with a little noise beneath them: no room is silent. */
export function mix(...sounds: readonly Int16Array[]): Int16Array {
  let seed = 7;
  const noise = () => ((seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647 - 0.5) * 40;
  const length = Math.max(...sounds.map((sound) => sound.length));
  return Int16Array.from({ length }, (_, n) => Math.max(-32_768, Math.min(32_767, sounds.reduce((sum, sound) => sum + (sound[n] ?? 0), noise()))));
}

export type Happening = Exclude<TurnDetectorEvent, LabelEvent>;

/** A detector and all that it has told. */
export async function createEar(options: TurnDetectorOptions = {}) {
  const events: Happening[] = [];
  const labels: LabelEvent[] = [];
  const detector = await createTurnDetector(options, (event) => {
    if (event.type === 'label') labels.push({ ...event });
    else events.push(event);
  });
  let sequence = 0;
  return {
    detector,
    events,
    labels,
      get story() {
      return events.map(({ type }) => type);
    },
    at: (type: Happening['type']) => events.find((event) => event.type === type)?.timeMs ?? NaN,
    /** Hears both sounds, and calls `during` before each frame. */
    hear(samples: Int16Array, reference: Int16Array = new Int16Array(samples.length), during: (detector: TurnDetector, timeMs: number) => void = () => undefined) {
      for (let start = 0; start + FRAME <= samples.length; start += FRAME) {
        during(detector, sequence * 10);
        const part = reference.subarray(start, start + FRAME);
        detector.push({ samples: samples.subarray(start, start + FRAME), reference: part.length === FRAME ? part : new Int16Array(FRAME), sequence, timeMs: sequence * 10 });
        sequence++;
      }
    },
  };
}
