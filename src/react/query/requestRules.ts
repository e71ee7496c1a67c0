import type { AvatarError } from '../../errors/AvatarError.js';

const MAX_RETRIES = 3;
const FIRST_DELAY_MS = 1_000;
/** Whoever has to wait for longer is better told so. */
const LONGEST_DELAY_MS = 30_000;

/** How queries try again: only what can succeed without anybody changing anything, and not before the server wants to be asked. */
export const requestRules = {
  retry: (failures: number, error: AvatarError): boolean =>
    // A server that renders a page should render it without the list rather than late; the page asks again.
    typeof window !== 'undefined' && error.retryable && failures < MAX_RETRIES && (retryAfterMs(error) ?? 0) <= LONGEST_DELAY_MS,
  retryDelay: (failures: number, error: AvatarError): number => retryAfterMs(error) ?? Math.min(FIRST_DELAY_MS * 2 ** failures, LONGEST_DELAY_MS),
};

function retryAfterMs({ context }: AvatarError): number | null {
  const { retryAfterMs: afterMs } = context;
  return typeof afterMs === 'number' ? afterMs : null;
}
