/** A status of the session as the page shows it; milliseconds since 1970. */
export interface StatusMoment {
  readonly status: string;
  readonly atMs: number;
}

declare global {
  interface Window {
    /** Every change of `data-state` of the avatar since the page was opened. */
    readStatuses(): readonly StatusMoment[];
  }
}

/** Notes what a user could see of the session's state. To be run before the page's own scripts; self-contained, since it travels as text. */
export function watchRecovery(): void {
  const moments: StatusMoment[] = [];
  new MutationObserver(() => {
    const status = document.querySelector('[data-slot="avatar"]')?.getAttribute('data-state') ?? '';
    if (status !== moments.at(-1)?.status) moments.push({ status, atMs: performance.timeOrigin + performance.now() });
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });
  window.readStatuses = () => moments;
}
