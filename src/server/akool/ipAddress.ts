/**
 * Addresses as one 128-bit number, IPv4 in its mapped form `::ffff:a.b.c.d`, so that one rule covers every spelling.
 */
export interface AddressBlock {
  readonly base: bigint;
  readonly prefixBits: number;
}

const MAPPED_IPV4 = 0xffffn << 32n;

/**
 * The host as a URL parser spells it: lower case, no trailing dot, IPv4 in dotted decimals whatever it was written in
 * (`0x7f.1`, `2130706433`), IPv6 without brackets. Null when it is no host.
 */
export function normaliseHost(text: string): string | null {
  if (!/^[A-Za-z0-9._:[\]-]{1,255}$/.test(text)) return null;
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const isIpv6 = bare.includes(':');
  try {
    const url = new URL(isIpv6 ? `http://[${bare}]/` : `http://${bare}/`);
    const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
    // An empty label hides an address from the parser: `127.0.0.1..` is a name to it.
    return url.port !== '' || (!isIpv6 && host.split('.').includes('')) ? null : host;
  } catch {
    return null; // The parser's refusal is the answer.
  }
}

/** Parses a host from {@link normaliseHost}; null when it is a name. */
export function parseAddress(host: string): bigint | null {
  if (host.includes(':')) return parseIpv6(host);
  const parts = host.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return null;
  return MAPPED_IPV4 | parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

/** Takes the compressed form that the URL parser writes: hex groups, at most one `::`, no dotted tail. */
function parseIpv6(host: string): bigint | null {
  const [head = '', tail] = host.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - before.length - after.length;
  if (missing < 0 || (tail === undefined && missing !== 0)) return null;
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

/** Parses `address` or `address/prefix`; null when it is neither. */
export function parseBlock(text: string): AddressBlock | null {
  const [addressText = '', prefixText, ...rest] = text.split('/');
  if (rest.length > 0) return null;
  const host = normaliseHost(addressText);
  const base = host === null ? null : parseAddress(host);
  if (host === null || base === null) return null;
  const widthBits = host.includes(':') ? 128 : 32;
  if (prefixText !== undefined && !/^\d{1,3}$/.test(prefixText)) return null;
  const prefix = prefixText === undefined ? widthBits : Number(prefixText);
  return prefix > widthBits ? null : { base, prefixBits: prefix + (128 - widthBits) };
}

export function isInBlock(address: bigint, block: AddressBlock): boolean {
  const hostBits = BigInt(128 - block.prefixBits);
  return address >> hostBits === block.base >> hostBits;
}
