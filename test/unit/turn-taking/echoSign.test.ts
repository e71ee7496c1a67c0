import { describe, expect, it } from 'vitest';
import { createEchoGate, type EchoVerdict } from '../../../src/turn-taking/echo/createEchoGate.js';
import { signWeight } from '../../../src/turn-taking/echo/signWeight.js';
import { babble, echoOf, inFrames, mix } from './echoSound.js';

const onset = 7 * 16_000;

/** Sums of what was unexplained and of what was a sign, in the second and a half after seven seconds of an avatar that speaks alone. */
function hear(microphone: Float32Array, reference: Float32Array): { unexplained: number; signs: number } {
  const gate = createEchoGate();
  const verdicts: Pick<EchoVerdict, 'unexplainedDb' | 'signDb'>[] = [];
  inFrames(microphone, reference, (mic, ref) => {
    const { unexplainedDb, signDb } = gate.process(mic, ref);
    verdicts.push({ unexplainedDb, signDb });
  });
  const after = verdicts.slice(onset / 160, onset / 160 + 150);
  return { unexplained: after.reduce((sum, { unexplainedDb }) => sum + unexplainedDb, 0), signs: after.reduce((sum, { signDb }) => sum + signDb, 0) };
}

describe('a sign of the user', () => {
  const reference = babble(3, 10);
  const echo = echoOf(reference, 90, 0.4);

  it('is nearly all that is unexplained when a user speaks over the echo', () => {
    const { unexplained, signs } = hear(mix(echo, babble(40, 2, 0.15), onset), reference);
    expect(unexplained).toBeGreaterThan(100);
    expect(signs).toBeGreaterThan(0.8 * unexplained);
  });

  it('is little of what a loudspeaker that begins to rattle adds to the echo', () => {
    const rattling = echo.map((sample, i) => (i < onset || i % 6 > 0 ? sample : 1.8 * sample));
    const { unexplained, signs } = hear(rattling, reference);
    expect(unexplained).toBeGreaterThan(20);
    expect(signs).toBeLessThan(0.5 * unexplained);
  });

  it('weighs less the more of the frame was cancelled, and the more the rest moves as the avatar does', () => {
    const heard = new Float32Array(15).fill(1);
    const weigh = (cancelledDb: number, likeness: number) => signWeight(heard, heard.map((power) => power / 10 ** (cancelledDb / 10)), likeness);
    expect([0, 5, 9, 13].map((db) => weigh(db, 0))).toEqual([1, 1, expect.closeTo(0.5, 3), 0]);
    expect([-0.2, 0.5, 0.7, 0.9].map((likeness) => weigh(0, likeness))).toEqual([1, 1, expect.closeTo(0.5, 3), 0]);
  });
});
