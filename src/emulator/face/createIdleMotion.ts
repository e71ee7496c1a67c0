import { createBlink } from './createBlink.js';
import { createGaze } from './createGaze.js';
import { createNoise } from './createNoise.js';

/** Where a living face is at one moment, whatever it says. Lengths in picture pixels, angles in radians. */
export interface IdlePose {
  readonly headX: number;
  readonly headY: number;
  readonly headTilt: number;
  /** -1 to 1: turned to the picture's left or right. */
  readonly headTurn: number;
  /** Follows the head with a delay, as hair does. */
  readonly hairSwing: number;
  /** 0 breathed out to 1 breathed in. */
  readonly breath: number;
  /** 0 eyes open to 1 closed. */
  readonly eyesClosed: number;
  readonly gazeX: number;
  readonly gazeY: number;
  /** 0 to 1: how much emphasis the brows would give to speech at this moment. */
  readonly emphasis: number;
}

const HAIR_DELAY_MS = 170;
const BREATH_PERIOD_MS = 4300;
const EMPHASIS_SLOT_MS = 900;

/** A face at rest, as a pure function of time: the same seed and time give the same pose. */
export function createIdleMotion(seed: number): (timeMs: number) => IdlePose {
  const noise = createNoise(seed);
  const blinkAt = createBlink(noise);
  const gazeAt = createGaze(noise);
  const phase = (stream: number): number => noise.at(stream, 0) * 2 * Math.PI;
  const phases = [phase(1), phase(2), phase(3), phase(4), phase(5), phase(6)] as const;
  // Two slow waves whose periods share no small multiple: the sway does not look like a loop.
  const wave = (timeMs: number, slowMs: number, quickMs: number, a: number, b: number): number =>
    0.7 * Math.sin((2 * Math.PI * timeMs) / slowMs + a) + 0.3 * Math.sin((2 * Math.PI * timeMs) / quickMs + b);
  const turnAt = (timeMs: number): number => wave(timeMs, 7300, 3170, phases[0], phases[1]);

  return (timeMs) => {
    const turn = turnAt(timeMs);
    const inhale = 0.5 - 0.5 * Math.cos((2 * Math.PI * timeMs) / BREATH_PERIOD_MS + phases[4]);
    // A breath goes in faster than it goes out.
    const breath = inhale ** 1.25;
    const slot = Math.floor(timeMs / EMPHASIS_SLOT_MS);
    const within = timeMs / EMPHASIS_SLOT_MS - slot;
    return {
      headX: 4.2 * turn,
      headY: 1.8 * wave(timeMs, 5300, 2410, phases[2], phases[3]) - 1.6 * breath,
      headTilt: 0.02 * wave(timeMs, 9100, 4370, phases[3], phases[5]),
      headTurn: turn,
      hairSwing: 3 * (turnAt(timeMs - HAIR_DELAY_MS) - turn),
      breath,
      eyesClosed: blinkAt(timeMs),
      ...gazeAt(timeMs),
      emphasis: noise.at(7, slot) ** 2 * Math.sin(Math.PI * within) ** 2,
    };
  };
}
