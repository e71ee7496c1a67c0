import type { Clock } from '../clock/clock.js';
import { withTimeout } from '../clock/withTimeout.js';
import { loadFailed, loadPart } from '../errors/loadPart.js';

/** A file that takes longer does not come any more. */
const LOAD_TIMEOUT_MS = 30_000;
const ENGINE = 'What runs a session';

/**
 * Loads what a session needs once it starts: a page that only shows a button does without.
 * @throws AvatarError `load-failed`
 */
export function loadEngine(clock: Clock): Promise<typeof import('./createSessionEngine.js')> {
  return withTimeout(loadPart(ENGINE, () => import('./createSessionEngine.js')), clock, LOAD_TIMEOUT_MS, () => loadFailed(ENGINE));
}
