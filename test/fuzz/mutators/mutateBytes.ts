import type { Random } from './createRandom.js';

/** Numbers at which something changes, of 8, 16 and 32 bits. */
const EDGES = [0, 1, 2, 7, 8, 15, 16, 44, 125, 126, 127, 128, 255, 256, 0x7fff, 0x8000, 0xfffe, 0xffff, 0x10_000, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];
const MAX_BYTES = 65_536;

/** Changes bytes in one to five places: flips, lengths, cuts, repeats, splices with another seed. */
export function mutateBytes(random: Random, seeds: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let bytes = Uint8Array.from(random.pick(seeds));
  for (let changes = 1 + random.below(5); changes > 0; changes--) bytes = changeBytes(random, bytes, seeds);
  return bytes.length > MAX_BYTES ? bytes.slice(0, MAX_BYTES) : bytes;
}

function changeBytes(random: Random, bytes: Uint8Array<ArrayBuffer>, seeds: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const at = random.below(bytes.length + 1);
  switch (random.below(9)) {
    case 0:
      if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
      return bytes;
    case 1:
      if (at < bytes.length) bytes[at] = random.below(256);
      return bytes;
    case 2:
      return bytes.slice(0, at);
    case 3:
      return bytes.slice(at);
    case 4:
      return join(bytes.subarray(0, at), random.pick(seeds).subarray(random.below(8)));
    case 5:
      return join(bytes.subarray(0, at), bytes.subarray(at, at + 1 + random.below(16)), bytes.subarray(at));
    case 6: {
      const many = random.chance(0.02) ? 4_096 : 32;
      return join(bytes.subarray(0, at), new Uint8Array(1 + random.below(many)).fill(random.pick([0, 0x20, 0x5b, 0x7b, 0x80, 0xff, random.below(256)])), bytes.subarray(at));
    }
    case 7:
      return join(bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(16)));
    default:
      return writeEdge(random, bytes, at);
  }
}

/** Puts a number that is an edge over what is there, in one of the widths and orders in which lengths are written. */
function writeEdge(random: Random, bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> {
  const width = random.pick([1, 2, 4]);
  if (at + width > bytes.length) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const edge = random.pick(EDGES);
  const isLittle = random.chance(0.5);
  if (width === 1) view.setUint8(at, edge);
  else if (width === 2) view.setUint16(at, edge, isLittle);
  else view.setUint32(at, edge, isLittle);
  return bytes;
}

export function join(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
