import { useEffect, useRef, type RefObject } from 'react';
import type { FocusHandoff } from './createFocusHandoff.js';

/** A ref for a button that takes over the focus when the button before it has vanished with a change of `moment`. */
export function useFocusHandoff(focus: FocusHandoff, moment: string): RefObject<HTMLButtonElement | null> {
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (ref.current) focus.claim(ref.current);
  }, [focus, moment]);
  return ref;
}
