import { useSyncExternalStore } from 'react';

const never = (): (() => void) => () => undefined;

/**
 * What a page reads of its browser, once it is known that there is one: on a server and at the first paint it is `fallback`, so
 * that the two match.
 *
 * @param read must give the same value each time; a primitive.
 */
export function useInBrowser<T extends string | number | boolean | null>(read: () => T, fallback: T): T {
  return useSyncExternalStore(never, read, () => fallback);
}
