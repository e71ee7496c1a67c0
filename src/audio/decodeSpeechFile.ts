import { convertPcm } from '../dsp/convertPcm.js';
import { createMixdown } from '../dsp/createMixdown.js';
import { toInt16 } from '../dsp/pcm.js';
import { readWav } from '../dsp/readWav.js';
import { AvatarError } from '../errors/AvatarError.js';

/**
 * Reads speech from a sound file: 16-bit WAV of any rate and channel count by itself, also outside a browser; anything else as far
 * as the browser can (MP3, Ogg, AAC, WAV of other depths).
 *
 * @returns Int16Array [samples], mono, at `sampleRateHz`.
 * @throws AvatarError `audio-invalid`, naming the type
 */
export async function decodeSpeechFile(file: Blob, sampleRateHz: number): Promise<Int16Array> {
  const bytes = await readBytes(file);
  const wav = samplesOfWav(bytes, sampleRateHz);
  if (wav) return wav;
  if (typeof OfflineAudioContext === 'undefined') throw undecodable(file, 'Only 16-bit WAV can be read outside a browser.');
  try {
    // A context decodes to its own rate. Nothing is rendered, so one sample is long enough.
    const decoded = await new OfflineAudioContext(1, 1, sampleRateHz).decodeAudioData(bytes.buffer);
    return toMono(decoded);
  } catch (cause) {
    throw undecodable(file, 'Is it a sound file, and of a kind that this browser plays? Raw samples go into speak() as an Int16Array.', cause);
  }
}

async function readBytes(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw undecodable(file, 'It could not be read from where it lies. Was it moved or changed since it was chosen?', cause);
  }
}

/** Null for what the browser must try. */
function samplesOfWav(bytes: Uint8Array, sampleRateHz: number): Int16Array | null {
  try {
    const wav = readWav(bytes);
    if (!wav || wav.channels === 0) return null;
    const view = new DataView(wav.data.buffer, wav.data.byteOffset, wav.data.byteLength);
    const samples = Int16Array.from({ length: Math.floor(wav.data.byteLength / 2) }, (_, index) => view.getInt16(index * 2, true));
    return convertPcm(createMixdown(wav.channels)(samples), wav.sampleRateHz, sampleRateHz);
  } catch (error) {
    // Of another depth, or at a rate that only a damaged header states.
    if (AvatarError.isInstance(error)) return null;
    throw error;
  }
}

function toMono(decoded: AudioBuffer): Int16Array {
  const channels = Array.from({ length: decoded.numberOfChannels }, (_, index) => decoded.getChannelData(index));
  const mono = new Int16Array(decoded.length);
  for (let i = 0; i < mono.length; i++) {
    let sum = 0;
    for (const channel of channels) sum += channel[i] ?? 0;
    mono[i] = toInt16(sum / channels.length);
  }
  return mono;
}

function undecodable(file: Blob, advice: string, cause?: unknown): AvatarError {
  const type = file.type === '' ? 'of no stated type' : `of type ${file.type}`;
  return new AvatarError('audio-invalid', { message: `A file ${type} could not be decoded. ${advice}`, cause, context: { type: file.type } });
}
