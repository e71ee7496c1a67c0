import { boxInCorner, CORNERS, overlap, type WidgetCorner } from './corner.js';

/** An element that fills more of the page than this is not hidden by what lies over a part of it. */
const LARGE_SHARE = 0.25;

/**
 * Sees to it that a floating element covers nothing that the page has the focus on.
 *
 * @param state where it belongs, where it is, and whether it can be made smaller.
 * @param onChange told of the corner in which it is not in the way, or of null where it is in all of them.
 * @returns ends that.
 * @see WCAG 2.2, success criterion 2.4.11
 */
export function watchPageFocus(
  element: HTMLElement,
  state: () => { readonly home: WidgetCorner; readonly corner: WidgetCorner; readonly open: boolean },
  onChange: (corner: WidgetCorner | null) => void,
): () => void {
  const page = element.ownerDocument;
  let request = 0;

  function look(target: Element): void {
    const viewport = { width: window.innerWidth, height: window.innerHeight };
    const focused = target.getBoundingClientRect();
    const isLarge = focused.width * focused.height > viewport.width * viewport.height * LARGE_SHARE;
    const { home, corner, open } = state();
    const box = element.getBoundingClientRect();
    const free = isLarge ? home : [home, ...CORNERS].find((candidate) => !overlap(boxInCorner(box, corner, candidate, viewport), focused));
    if (free === undefined) {
      if (open) onChange(null);
    } else if (free !== corner) onChange(free);
  }

  function onFocusIn({ target }: FocusEvent): void {
    if (!(target instanceof Element) || element.contains(target)) return;
    cancelAnimationFrame(request);
    // The browser first scrolls to it.
    request = requestAnimationFrame(() => look(target));
  }

  page.addEventListener('focusin', onFocusIn);
  return () => {
    cancelAnimationFrame(request);
    page.removeEventListener('focusin', onFocusIn);
  };
}
