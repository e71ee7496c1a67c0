/** Hands the keyboard focus from a button that is about to vanish to the one that takes its place. */
export interface FocusHandoff {
  /** A button was used and may vanish; noted only if it holds the focus. */
  offer(element: HTMLElement): void;
  /** Focuses `element` if the offering button has vanished and nothing else has taken the focus since. */
  claim(element: HTMLElement): void;
}

/**
 * Makes a {@link FocusHandoff}. Without it, pressing Start with the keyboard would throw the focus back to the top of
 * the page as soon as Start becomes End.
 */
export function createFocusHandoff(): FocusHandoff {
  let offered: HTMLElement | null = null;
  return {
    offer(element) {
      offered = element.ownerDocument.activeElement === element ? element : null;
    },
    claim(element) {
      if (offered === null || offered === element) return;
      const { activeElement, body } = element.ownerDocument;
      if (activeElement === offered) return;
      const lost = activeElement === null || activeElement === body;
      offered = null;
      if (lost) element.focus();
    },
  };
}
