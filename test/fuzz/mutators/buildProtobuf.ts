import type { Random } from './createRandom.js';
import { join } from './mutateBytes.js';

/** Writes protobuf wire format by its grammar, with wrong lengths, numbers, groups and repeats among it. */
export function buildProtobuf(random: Random, depth = 0): Uint8Array<ArrayBuffer> {
  return join(...Array.from({ length: random.below(6) }, () => field(random, depth)));
}

function field(random: Random, depth: number): Uint8Array {
  const number = random.pick([1, 2, 3, 4, 5, 6, 15, 16, 0, 536_870_911, random.below(64)]);
  const wireType = random.pick([0, 1, 2, 2, 2, 2, 3, 4, 5, 6, 7]);
  const tag = varint(number * 8 + wireType);
  if (wireType === 0) return join(tag, random.chance(0.1) ? new Uint8Array(1 + random.below(14)).fill(0xff) : varint(random.pick([0, 1, 2, 16_000, 0xffff_ffff, random.below(100_000)])));
  if (wireType === 1) return join(tag, new Uint8Array(random.pick([8, 8, 7])).fill(random.below(256)));
  if (wireType === 5) return join(tag, new Uint8Array(random.pick([4, 4, 3])).fill(random.below(256)));
  if (wireType !== 2) return random.chance(0.02) ? join(...Array.from({ length: 300 }, () => tag)) : tag;
  const body = depth < 4 && random.chance(0.6) ? buildProtobuf(random, depth + 1) : random.bytes(random.below(24));
  const length = random.chance(0.9) ? body.length : random.pick([0, 1, body.length + 1, 0x7fff_ffff, 0xffff_ffff]);
  return join(tag, varint(length), body);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}
