const WORDS = '[role="status"], [role="alert"], [aria-live]';

/** Collects what the page tells its user in live regions, also what was there for a moment only. @returns all of it so far. */
export function watchWords(): () => string {
  const seen = new Set<string>();
  const look = (): void => {
    for (const element of document.querySelectorAll(WORDS)) seen.add(element.textContent?.trim() ?? '');
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['role', 'data-state'] });
  return () => [...seen].filter((words) => words !== '').join('\n');
}
