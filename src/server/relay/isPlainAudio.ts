import type { Frame } from './websocket/frame.js';

const HEAD = Buffer.from('{"v":2,"type":"chat","mid":"');
const MIDDLE = Buffer.from('","pld":{"audio":"');
const TAIL = Buffer.from('"}}');
const MAX_MID_CHARS = 128;

/** In each of the four bytes of a word. */
const HIGH_BITS = 0x8080_8080 | 0;
const ONES = 0x0101_0101;
/** Below are `"` and what a string of JSON may not hold at all. */
const FIRST_PLAIN = 0x23 * ONES;
const BACKSLASHES = 0x5c * ONES;

/**
 * True for an audio message in exactly the form in which our client writes it: `{"v":2,"type":"chat","mid":"…","pld":{"audio":"…"}}`.
 *
 * What it says yes to means what {@link inspectClientMessage} would write, so it may go on without being taken apart: the strings hold
 * neither quotes nor escapes, hence nothing but these members can be in it, in whichever way a node parses it. Reads the masked bytes
 * where they lie, four at a time, since this is done for every audio message of every session.
 *
 * @param frame a masked text message.
 * @see https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord
 */
export function isPlainAudio(frame: Frame): boolean {
  const { bytes, payloadStart, end } = frame;
  const length = end - payloadStart;
  if (length < HEAD.length + 1 + MIDDLE.length + TAIL.length || !holds(frame, HEAD, 0)) return false;
  let next = HEAD.length;
  const midEnd = Math.min(next + MAX_MID_CHARS, length);
  while (next < midEnd && isNameChar(byteAt(frame, next))) next += 1;
  if (next === HEAD.length || !holds(frame, MIDDLE, next)) return false;
  next += MIDDLE.length;
  const audioEnd = length - TAIL.length;
  if (next > audioEnd || !holds(frame, TAIL, audioEnd)) return false;

  for (; next < audioEnd && (next & 3) !== 0; next += 1) if (!isPlain(byteAt(frame, next))) return false;
  const words = new DataView(bytes.buffer, bytes.byteOffset + payloadStart - 4, length + 4);
  const key = words.getInt32(0, true);
  let odd = 0;
  for (const wordsEnd = audioEnd - 3; next < wordsEnd; next += 4) {
    const word = words.getInt32(next + 4, true) ^ key;
    const slashes = word ^ BACKSLASHES;
    odd |= word | ((word - FIRST_PLAIN) & ~word) | ((slashes - ONES) & ~slashes);
  }
  if ((odd & HIGH_BITS) !== 0) return false;
  for (; next < audioEnd; next += 1) if (!isPlain(byteAt(frame, next))) return false;
  return true;
}

/** A byte of the payload without its mask. */
function byteAt({ bytes, payloadStart }: Frame, index: number): number {
  return (bytes[payloadStart + index] ?? 0) ^ (bytes[payloadStart - 4 + (index & 3)] ?? 0);
}

function holds(frame: Frame, text: Buffer, from: number): boolean {
  for (let index = 0; index < text.length; index += 1) if (byteAt(frame, from + index) !== text[index]) return false;
  return true;
}

/** `\w` or a hyphen. */
function isNameChar(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x2d || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
}

/** ASCII that stands for itself in a string of JSON. A little less than that: nothing below `#` is ever part of base64. */
function isPlain(code: number): boolean {
  return code >= 0x23 && code < 0x80 && code !== 0x5c;
}
