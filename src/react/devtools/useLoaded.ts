import { useEffect, useState } from 'react';

/** Something that is fetched when it is wanted. */
export interface Loaded<T> {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly value: T | null;
}

const LOADING = { status: 'loading', value: null } as const;

/** @param load an `import()`; must be the same function at each render. @param isWanted false: not yet. */
export function useLoaded<T>(load: () => Promise<T>, isWanted: boolean): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>(LOADING);
  useEffect(() => {
    if (!isWanted) return;
    let isGone = false;
    load().then(
      (value) => {
        if (!isGone) setLoaded((before) => (before.value === value ? before : { status: 'ready', value }));
      },
      () => {
        if (!isGone) setLoaded({ status: 'failed', value: null });
      },
    );
    return () => {
      isGone = true;
    };
  }, [load, isWanted]);
  return loaded;
}
