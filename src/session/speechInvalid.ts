import { AvatarError } from '../errors/AvatarError.js';

const WANTED = 'speak() takes Int16Array samples, a sound file (Blob), text, or a stream of samples or of text.';

/** What cannot be said, and how it is turned into what can. @param what begins the sentence, such as `speak() was given` */
export function speechInvalid(value: unknown, what: string): AvatarError {
  return new AvatarError('audio-invalid', { message: `${what} ${describe(value)} ${WANTED}` });
}

/** A stream that began as one kind and went on as the other. */
export function speechMixed(began: 'samples' | 'text', gave: 'samples' | 'text'): AvatarError {
  return new AvatarError('audio-invalid', { message: `A stream that began with ${began} gave ${gave}. Call speak() once for each: they are said one after the other.` });
}

function describe(value: unknown): string {
  if (value instanceof Float32Array || value instanceof Float64Array) {
    return 'samples as floats. Scale them: Int16Array.from(floats, (value) => Math.max(-1, Math.min(1, value)) * 32767).';
  }
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    const odd = value.byteLength % 2 === 1;
    return odd
      ? `an odd number of bytes (${value.byteLength}), which are no whole 16-bit samples. Join the halves first, as readPcmStream() does.`
      : 'bytes. View raw PCM (s16le) as new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2), read a response with readPcmStream(), and wrap a sound file as new Blob([bytes]).';
  }
  if (value === null || value === undefined) return 'nothing.';
  if (Array.isArray(value)) return 'an array. Make it an Int16Array with Int16Array.from().';
  return typeof value === 'object' ? 'an object that is none of these.' : `a ${typeof value}.`;
}
