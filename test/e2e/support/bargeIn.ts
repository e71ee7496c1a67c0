import type { Recording } from '../app/probe.js';

/** RMS of what counts as silence, at the microphone and at the loudspeaker. */
const QUIET = 0.01;
const SILENCE = 0.004;

/** So long a quiet comes before an utterance; between two words there is less. */
const PAUSE_MS = 200;

/** When the user began to be heard, and what followed. Milliseconds; infinite for what did not happen. */
export function bargeInOf({ voice, sound, moments }: Recording): { readonly duckMs: number; readonly cutMs: number; readonly silenceMs: number } {
  const cutAtMs = moments.find(({ type }) => type === 'barge-in')?.timeMs ?? Infinity;
  const duckAtMs = moments.findLast(({ type, timeMs }) => type === 'barge-in-duck' && timeMs <= cutAtMs)?.timeMs ?? Infinity;
  const onsetMs = onsetBefore(voice, Math.min(duckAtMs, cutAtMs));
  const silentAtMs = sound.timesMs.find((timeMs, i) => timeMs >= cutAtMs && (sound.values[i] ?? 1) < SILENCE) ?? Infinity;
  return { duckMs: Math.round(duckAtMs - onsetMs), cutMs: Math.round(cutAtMs - onsetMs), silenceMs: Math.round(silentAtMs - cutAtMs) };
}

/** The latest end of a pause before that moment. */
function onsetBefore({ timesMs, values }: Recording['voice'], untilMs: number): number {
  let quietSinceMs: number | null = null;
  let onsetMs = 0;
  values.forEach((level, i) => {
    const timeMs = timesMs[i] ?? 0;
    if (timeMs > untilMs) return;
    if (level < QUIET) quietSinceMs ??= timeMs;
    else {
      if (quietSinceMs !== null && timeMs - quietSinceMs >= PAUSE_MS) onsetMs = timeMs;
      quietSinceMs = null;
    }
  });
  return onsetMs;
}
