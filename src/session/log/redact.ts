import { AvatarError } from '../../errors/AvatarError.js';
import { redactSecrets } from './redactSecrets.js';

/** Names of things that let somebody act as somebody else. */
const SECRET_NAME = /token|ticket|secret|password|passphrase|authorization|cookie|certificate|credential|renewal|signature|bearer|jwt|(api|access|private)[-_]?key|^(key|auth|pass)$/i;
const MAX_DEPTH = 8;
const MAX_ITEMS = 50;
const MAX_TEXT = 600;

/**
 * A copy of something that a log may hold and show: JSON, without tickets and tokens, without the query of an address, with the size of
 * audio and of pictures in place of their bytes.
 */
export function redact(value: unknown): unknown {
  return copy(value, 0, []);
}

/** The same for text: what in it looks like a token or like encoded bytes is named by its size, and addresses lose their query. */
export function redactText(text: string): string {
  const safe = redactSecrets(text);
  return safe.length > MAX_TEXT ? `${safe.slice(0, MAX_TEXT)}… (${safe.length} characters)` : safe;
}

function copy(value: unknown, depth: number, parents: readonly object[]): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (parents.includes(value)) return '[circular]';
  const bytes = sizeOf(value);
  if (bytes !== null) return bytes;
  if (value instanceof Date) return value.toISOString();
  if (AvatarError.isInstance(value)) return copyOf({ reason: value.reason, message: value.message, retryable: value.retryable, ...value.context }, depth, parents);
  if (value instanceof Error) return { name: value.name, message: redactText(value.message) };
  if (depth >= MAX_DEPTH) return '[deeper]';
  const above = [...parents, value];
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_ITEMS).map((item: unknown) => copy(item, depth + 1, above));
    return value.length > MAX_ITEMS ? [...items, `[${value.length - MAX_ITEMS} more]`] : items;
  }
  // What the browser makes holds handles, not data.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null && typeof value.constructor === 'function') return `[${value.constructor.name || 'object'}]`;
  return copyOf(value, depth, above);
}

function copyOf(value: object, depth: number, parents: readonly object[]): Record<string, unknown> {
  const entries = Object.entries(value);
  const kept = entries.slice(0, MAX_ITEMS).map(([name, member]: [string, unknown]) => [name, isSecret(name, member) ? '[redacted]' : copy(member, depth + 1, parents)] as const);
  return { ...Object.fromEntries(kept), ...(entries.length > MAX_ITEMS ? { '…': `${entries.length - MAX_ITEMS} more` } : {}) };
}

/** True for a member that lets somebody act as somebody else. A number is never a key: when a token expires, or how many a reply took, is no secret. */
export function isSecret(name: string, member: unknown): boolean {
  return SECRET_NAME.test(name) && ((typeof member === 'string' && member !== '') || (typeof member === 'object' && member !== null));
}

function sizeOf(value: object): string | null {
  if (value instanceof Int16Array) return `[${value.length} samples]`;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (typeof Blob !== 'undefined' && value instanceof Blob) return `[${value.size} bytes]`;
  return null;
}
