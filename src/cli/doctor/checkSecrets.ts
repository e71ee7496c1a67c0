import { secretsOf } from '../serve/secretsOf.js';
import { findingsOf, type Finding } from './finding.js';

const MIN_BYTES = 32;
/** As much as the key that is derived from it could be guessed with. */
const GOOD_BITS = 128;
const POOR_BITS = 64;
const MAKE_ONE = 'Make one with: openssl rand -base64 32';

/**
 * Looks at the server's secrets.
 *
 * @param isGenerated whether the server makes one of its own when there is none.
 */
export function checkSecrets(text: string | undefined, isGenerated: boolean): Finding[] {
  const { skip, fail } = findingsOf('secret');
  if (!text?.trim()) {
    if (isGenerated) return [skip('VISAVIS_SECRET is not set: with an emulator, each start makes its own.')];
    return [fail('VISAVIS_SECRET is not set.', MAKE_ONE)];
  }
  return secretsOf(text).map((secret, index) => checkSecret(secret, index));
}

function checkSecret(secret: string, index: number): Finding {
  const { ok, warn, fail } = findingsOf('secret');
  const name = index === 0 ? 'VISAVIS_SECRET' : `VISAVIS_SECRET, older secret ${index},`;
  const bytes = Buffer.byteLength(secret);
  if (bytes < MIN_BYTES) return fail(`${name} has ${bytes} bytes and needs at least ${MIN_BYTES}.`, MAKE_ONE);
  const bits = entropyBits(secret);
  if (bits < POOR_BITS) return fail(`${name} is long enough, but repeats itself so much that it can be guessed.`, MAKE_ONE);
  if (bits < GOOD_BITS) return warn(`${name} looks like words rather than chance.`, MAKE_ONE);
  return ok(`${name} has ${bytes} bytes and looks random.`);
}

/** Upper bound of what a text is worth that was drawn by chance from the characters that it holds, as often as it holds them. */
function entropyBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const length = [...text].length;
  let bitsPerCharacter = 0;
  for (const count of counts.values()) bitsPerCharacter -= (count / length) * Math.log2(count / length);
  return bitsPerCharacter * length;
}
