import type { Random } from './createRandom.js';
import { oddText } from './oddText.js';

/** Strings with their quotes, numbers, words, and what holds them together. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[[\]{},:]/g;
/** Names that mean something to objects. A JSON text can give them any value: `Number()` calls `valueOf`, which then is no function. */
const ODD_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'toJSON', 'then', 'length', 'hasOwnProperty', 'v', 'type', 'mid', 'pld', 'data', ''];
const ODD_VALUES = [
  'null', 'true', 'false', '0', '-0', '-1', '2', '1.5', '1e999', '-1e999', '1e-400', '9007199254740993', '4294967296', '""', '"2"', '"NaN"', '" 1003 "', '[]', '{}', '[[]]', '[null]', '[1000]',
  '{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}', '{"toString":1,"valueOf":1}', '{"toString":null}', '{"length":4294967295}', '{"toJSON":{}}',
];

/** Changes a JSON text in one to four places: values, names, order, repeats, depth, and now and then so that it is no JSON any more. */
export function mutateJson(random: Random, seeds: readonly string[]): string {
  let tokens = tokensOf(random.pick(seeds));
  for (let changes = 1 + random.below(4); changes > 0; changes--) tokens = changeTokens(random, tokens);
  const text = tokens.join('');
  return random.chance(0.05) ? changeText(random, text) : text;
}

/** Seeds are few and used a million times. */
const known = new Map<string, string[]>();

function tokensOf(seed: string): string[] {
  const tokens = known.get(seed) ?? [...(seed.match(TOKENS) ?? [])];
  // Some targets make a seed for each mutation.
  if (known.size < 500) known.set(seed, tokens);
  return tokens;
}

/** A JSON value of any shape. */
function anyJson(random: Random): string {
  switch (random.below(6)) {
    case 0:
      return oddString(random);
    case 1:
      return deep(random);
    case 2:
      return `[${Array.from({ length: random.below(4) }, () => random.pick(ODD_VALUES)).join()}]`;
    case 3:
      return `{${Array.from({ length: random.below(4) }, () => `${JSON.stringify(random.pick(ODD_NAMES))}:${random.pick(ODD_VALUES)}`).join()}}`;
    default:
      return random.pick(ODD_VALUES);
  }
}

function changeTokens(random: Random, tokens: readonly string[]): string[] {
  const at = random.below(Math.max(1, tokens.length));
  const end = valueEnd(tokens, at);
  switch (random.below(7)) {
    case 0:
    case 1:
      return tokens.toSpliced(at, end - at, anyJson(random));
    case 2: {
      // A name is a string before a colon.
      const name = tokens.findIndex((token, index) => index >= at && token.startsWith('"') && tokens[index + 1] === ':');
      return name < 0 ? [...tokens] : tokens.with(name, JSON.stringify(random.pick(ODD_NAMES)));
    }
    case 3: {
      const brace = tokens.findIndex((token, index) => index >= at && token === '{');
      return brace < 0 ? [...tokens] : tokens.toSpliced(brace + 1, 0, JSON.stringify(random.pick(ODD_NAMES)), ':', anyJson(random), ...(tokens[brace + 1] === '}' ? [] : [',']));
    }
    case 4:
      return tokens.toSpliced(end, 0, ',', ...tokens.slice(at, end));
    case 5:
      return tokens.toSpliced(at, 1);
    default:
      return tokens.map((token) => (token.startsWith('"') && random.chance(0.2) ? oddString(random) : token));
  }
}

/** Where the value that begins there ends. */
function valueEnd(tokens: readonly string[], at: number): number {
  let depth = 0;
  for (let index = at; index < tokens.length; index++) {
    const token = tokens[index] ?? '';
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
    if (depth <= 0) return index + 1;
  }
  return tokens.length;
}

function oddString(random: Random): string {
  // JSON.stringify escapes lone surrogates; as they are they can stand in a text too.
  return random.chance(0.8) ? JSON.stringify(oddText(random)) : `"${oddText(random).replaceAll(/["\\]/g, '')}"`;
}

function deep(random: Random): string {
  // Some thousand levels are what the parser takes and what recursion over its result may not.
  const levels = random.chance(0.03) ? 6_000 : random.below(40);
  return random.chance(0.5) ? '['.repeat(levels) + ']'.repeat(levels) : `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
}

function changeText(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  return random.chance(0.5) ? text.slice(0, at) : text.slice(0, at) + oddText(random) + text.slice(at);
}
