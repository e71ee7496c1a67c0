import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Hands the focus from one part of an element to the other, when the one that has it is hidden as the other comes. Takes it from nobody
 * else.
 *
 * @param open which of both is seen.
 */
export function useSharedFocus(root: RefObject<HTMLElement | null>, panel: RefObject<HTMLElement | null>, bubble: RefObject<HTMLElement | null>, open: boolean): void {
  const focused = useRef<'panel' | 'bubble' | null>(null);

  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    const take = ({ target }: FocusEvent): void => {
      focused.current = target instanceof Node && panel.current?.contains(target) === true ? 'panel' : 'bubble';
    };
    // What is hidden loses the focus: in Chromium at once, elsewhere later. That is for the other part to take.
    const lose = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element) || target.closest('[hidden]') === null) focused.current = null;
    };
    element.addEventListener('focusin', take);
    element.addEventListener('focusout', lose);
    return () => {
      element.removeEventListener('focusin', take);
      element.removeEventListener('focusout', lose);
    };
  }, [root, panel]);

  useLayoutEffect(() => {
    if (focused.current === (open ? 'bubble' : 'panel')) (open ? panel : bubble).current?.focus({ preventScroll: true });
  }, [open, panel, bubble]);
}
