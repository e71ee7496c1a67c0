import type { Recording } from '../app/probe.js';
import { bestLag, correlation, envelope, resampleTrace } from './signals.js';

const RATE_HZ = 16_000;
const STEP_MS = 40;

/** The picture against the sound that the page received, and against the speech at the source. */
export function judgeSync(recording: Recording, source: Int16Array) {
  const startMs = (recording.mouth.timesMs[0] ?? 0) + 500;
  const count = Math.floor(((recording.mouth.timesMs.at(-1) ?? 0) - startMs) / STEP_MS);
  const mouth = resampleTrace(recording.mouth, startMs, STEP_MS, count);
  const sound = resampleTrace(recording.sound, startMs, STEP_MS, count);
  const { score, lag } = bestLag(sound, mouth, 12);
  const voice = resampleTrace(recording.voice, startMs, STEP_MS / 4, count * 4);
  const delay = bestLag(voice, resampleTrace(recording.sound, startMs, STEP_MS / 4, count * 4), 100);
  const speech = envelope(source, (RATE_HZ * STEP_MS) / 1000);
  let follow = { at: 0, score: -1 };
  for (let at = 0; at + mouth.length <= speech.length; at++) {
    const found = correlation(speech.slice(at, at + mouth.length), mouth);
    if (found > follow.score) follow = { at, score: found };
  }
  return { mouth, sound, speech, sync: { score, lagMs: lag * STEP_MS }, follow: follow.score, voiceDelayMs: (delay.lag * STEP_MS) / 4 };
}
