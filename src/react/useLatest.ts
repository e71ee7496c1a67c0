import { useInsertionEffect, useRef, type RefObject } from 'react';

/**
 * A ref that holds the value of the latest committed render: for callbacks that must not restart what calls them.
 * An insertion effect, so that the value is there before any other effect of the same commit runs.
 */
export function useLatest<T>(value: T): RefObject<T> {
  const ref = useRef(value);
  useInsertionEffect(() => {
    ref.current = value;
  });
  return ref;
}
