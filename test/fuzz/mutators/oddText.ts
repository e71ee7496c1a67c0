import type { Random } from './createRandom.js';

const PIECES = [
  '', ' ', 'a', '"', '\\', '\u0000', '\n', '\r\n', '\u2028', '\ufeff', '\ud800', '\udfff', '\ud83d\ude00', 'e\u0301', '\u202e', '%00', '../', '://', '[::1]', '127.0.0.1', '0x7f.1', 'ws://', 'wss://a/', 'https://a.example/?token=1',
  '__proto__', 'constructor', 'NaN', 'Infinity', '-1', '1e309', '${x}', '<script>', 'QUJD', '====', 'data:', 'data: x', '.', '-', '_', ':',
];

/** A text of a few odd pieces; now and then a long one. */
export function oddText(random: Random): string {
  let text = '';
  for (let pieces = random.below(5); pieces > 0; pieces--) text += random.pick(PIECES);
  return random.chance(0.02) ? text.padEnd(5_000, random.pick(PIECES) || 'x') : text;
}
