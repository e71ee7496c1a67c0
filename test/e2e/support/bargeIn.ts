import type { Recording } from '../app/probe.js';

/** RMS of what counts as silence, at the microphone and at the loudspeaker. */
const QUIET = 0.01;
const SILENCE = 0.004;

/** When the user began to be heard, and what followed. Milliseconds. */
export function bargeInOf({ voice, sound, moments }: Recording): { duckMs: number; cutMs: number; silenceMs: number } {
  const cutAtMs = timeOf(moments, 'barge-in', 0);
  // The last quiet before the cut ends where the user begins.
  let onsetMs = 0;
  voice.values.forEach((level, i) => {
    const timeMs = voice.timesMs[i] ?? 0;
    if (timeMs < cutAtMs && level < QUIET) onsetMs = timeMs;
  });
  const silentAtMs = sound.timesMs.find((timeMs, i) => timeMs >= cutAtMs && (sound.values[i] ?? 1) < SILENCE) ?? Infinity;
  return { duckMs: Math.round(timeOf(moments, 'barge-in-duck', onsetMs) - onsetMs), cutMs: Math.round(cutAtMs - onsetMs), silenceMs: Math.round(silentAtMs - cutAtMs) };
}

function timeOf(moments: Recording['moments'], wanted: string, fromMs: number): number {
  return moments.find(({ type, timeMs }) => type === wanted && timeMs >= fromMs)?.timeMs ?? Infinity;
}
