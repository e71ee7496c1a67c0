import { useEffect, useRef, type RefObject } from 'react';
import type { SessionStatus } from '../../session/state.js';
import type { FocusHandoff } from './createFocusHandoff.js';

/** A ref for a button that takes over the focus when the button before it has vanished with a change of `status`. */
export function useFocusHandoff(focus: FocusHandoff, status: SessionStatus): RefObject<HTMLButtonElement | null> {
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (ref.current) focus.claim(ref.current);
  }, [focus, status]);
  return ref;
}
