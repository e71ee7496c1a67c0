import { AvatarError } from '../errors/AvatarError.js';

/** The members of an object that came from outside, each to be checked where it is read. */
export type Fields = Readonly<Record<string, unknown>>;

/** @throws AvatarError `request-failed`, naming the field */
function refuse(field: string, why: string): never {
  throw new AvatarError('request-failed', {
    message: `The server's answer cannot be used: ${field} ${why}. Are the server and this client of one release?`,
    retryable: false,
    context: { field },
  });
}

export function readObject(value: unknown, field: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(field, 'must be an object');
  return value as Fields; // checked on the line above; each field is checked where it is read
}

export function readList<Item>(fields: Fields, name: string, readItem: (fields: Fields) => Item): readonly Item[] {
  const value = fields[name];
  if (!Array.isArray(value)) return refuse(name, 'must be a list');
  return value.map((item: unknown) => readItem(readObject(item, `an item of ${name}`)));
}

export function readText(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : refuse(name, 'must be a text');
}

/** A text that may be missing. */
export function readOptionalText(fields: Fields, name: string): string | null {
  const value = fields[name] ?? null;
  return value === null || typeof value === 'string' ? value : refuse(name, 'must be a text or null');
}

/** Texts; none where they are missing. */
export function readTexts(fields: Fields, name: string): readonly string[] {
  const value: unknown = fields[name] ?? [];
  if (!Array.isArray(value)) return refuse(name, 'must be a list of texts');
  return value.map((text: unknown) => (typeof text === 'string' ? text : refuse(name, 'must be a list of texts')));
}

/** An address that is safe in `src` and `href`; null for any other. */
export function readWebUrl(fields: Fields, name: string): string | null {
  const url = readOptionalText(fields, name);
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}

export function readFlag(fields: Fields, name: string): boolean {
  const value = fields[name];
  return typeof value === 'boolean' ? value : refuse(name, 'must be true or false');
}

export function readCount(fields: Fields, name: string): number {
  const value = fields[name];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : refuse(name, 'must be a whole number');
}

/** One of several words; `unknown` for a word that a later server may have learnt. */
export function readWord<Word extends string>(fields: Fields, name: string, words: readonly Word[]): Word | 'unknown' {
  return words.find((word) => word === fields[name]) ?? 'unknown';
}
