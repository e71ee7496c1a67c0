import { readBody } from './readBody.js';

/**
 * Reads a response as samples while it arrives: raw 16-bit little-endian PCM, mono, as speech APIs give it (`pcm`, `pcm_24000`).
 * Samples may be cut between its chunks. A WAV or MP3 file is not raw PCM.
 *
 * @returns Int16Array [samples], mono. Leaving the loop gives up the download.
 * @throws AvatarError `pipeline-failed` when the response is no success.
 * @example
 * ```ts
 * for await (const samples of readPcmStream(await fetch('/api/speech'))) playback.push(samples, 24_000);
 * ```
 */
export async function* readPcmStream(source: Response | ReadableStream<Uint8Array>): AsyncGenerator<Int16Array, void> {
  let odd: number | null = null;
  for await (const bytes of readBody(source)) {
    let whole = bytes;
    if (odd !== null) {
      whole = new Uint8Array(bytes.length + 1);
      whole[0] = odd;
      whole.set(bytes, 1);
    }
    odd = whole.length % 2 === 1 ? (whole[whole.length - 1] ?? null) : null;
    const samples = new Int16Array(whole.length >> 1);
    const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
    for (let index = 0; index < samples.length; index++) samples[index] = view.getInt16(index * 2, true);
    if (samples.length > 0) yield samples;
  }
}
