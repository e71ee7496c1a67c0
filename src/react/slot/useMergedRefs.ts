import { useMemo, type Ref, type RefCallback } from 'react';

/** One callback ref that serves several refs. Stable as long as they are. */
export function useMergedRefs<T>(first: Ref<T> | undefined, second: Ref<T> | undefined): RefCallback<T> {
  return useMemo(() => mergeRefs(first, second), [first, second]);
}

/** One callback ref that serves several refs, for React 18 and 19. */
function mergeRefs<T>(...refs: readonly (Ref<T> | undefined)[]): RefCallback<T> {
  let detach: readonly (() => void)[] = [];
  // Returns nothing: React 18 warns of a ref callback that returns a function, and 19 then calls with null as 18 does.
  return (node) => {
    for (const undo of detach) undo();
    detach = node === null ? [] : refs.map((ref) => setRef(ref, node));
  };
}

function setRef<T>(ref: Ref<T> | undefined, node: T): () => void {
  if (typeof ref === 'function') {
    const undo = ref(node);
    return typeof undo === 'function' ? undo : () => void ref(null);
  }
  if (ref) ref.current = node;
  return () => {
    if (ref) ref.current = null;
  };
}
