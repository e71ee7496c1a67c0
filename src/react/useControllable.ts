import { useCallback, useState } from 'react';
import { useLatest } from './useLatest.js';

/**
 * A value that the application keeps, or the component where the application does not.
 *
 * @param given the application's value; undefined: the component keeps it.
 * @param fallback what the component's own begins with.
 */
export function useControllable<T>(given: T | undefined, fallback: T, onChange: ((value: T) => void) | undefined): readonly [T, (value: T) => void] {
  const [own, setOwn] = useState(fallback);
  const value = given === undefined ? own : given;
  const latest = useLatest({ value, onChange });
  const set = useCallback(
    (next: T) => {
      setOwn(next);
      if (!Object.is(next, latest.current.value)) latest.current.onChange?.(next);
    },
    [latest],
  );
  return [value, set];
}
