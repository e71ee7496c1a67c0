/** One sample from the range -1..1 to signed 16 bit. Louder input is clamped, not wrapped; NaN becomes silence. */
export function toInt16(value: number): number {
  const scaled = Math.round(value * 32768);
  if (scaled >= 32767) return 32767;
  if (scaled <= -32768) return -32768;
  return scaled || 0;
}

/** Signed 16-bit samples [samples] to floats in -1..1. */
export function int16ToFloat(samples: Int16Array): Float32Array {
  const floats = new Float32Array(samples.length);
  for (let i = 0; i < samples.length; i++) floats[i] = (samples[i] ?? 0) / 32768;
  return floats;
}
