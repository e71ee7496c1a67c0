/** True when two values are the same, or plain objects or arrays whose members are. */
export function shallowEqual(first: unknown, second: unknown): boolean {
  if (Object.is(first, second)) return true;
  if (!isPlain(first) || !isPlain(second)) return false;
  const firstEntries = Object.entries(first);
  const secondEntries = new Map(Object.entries(second));
  return firstEntries.length === secondEntries.size && firstEntries.every(([key, value]) => secondEntries.has(key) && Object.is(value, secondEntries.get(key)));
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}
