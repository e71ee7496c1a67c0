/** Writes the mean of the channels, Float32Array [length] each, into `mono`. */
export function mixToMono(channels: readonly Float32Array[], length: number, mono: Float32Array): void {
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (let c = 0; c < channels.length; c++) sum += channels[c]?.[i] ?? 0;
    mono[i] = sum / channels.length;
  }
}
