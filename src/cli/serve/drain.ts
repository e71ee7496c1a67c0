import { setTimeout as delay } from 'node:timers/promises';
import type { AvatarHandler, Relay } from '../../server.js';
import type { Front } from './createFront.js';

export interface DrainOptions {
  readonly front: Front;
  readonly handler: Pick<AvatarHandler, 'close'>;
  readonly relay: Pick<Relay, 'close'>;
  /** Resolves when everything has gone on for long enough while "not ready" is answered, so that balancers notice. */
  readonly untilNoticed: () => Promise<unknown>;
  /** How long all of it may take. */
  readonly limitMs: number;
}

/**
 * Stops a server without losing what its clients can resume elsewhere: first it is not ready; then it takes no sessions, and
 * tells the pages on its relay to connect again, which brings them to another instance. All the while it answers.
 *
 * @returns false when it had to be cut short.
 */
export async function drain({ front, handler, relay, untilNoticed, limitMs }: DrainOptions): Promise<boolean> {
  const limit = new AbortController();
  const timedOut = delay(limitMs, false, { signal: limit.signal }).catch(() => false);
  const drained = (async () => {
    front.stopBeingReady();
    await untilNoticed();
    // Sessions that stay open at a vendor are paid for: the handler closes what nobody else would.
    await Promise.all([relay.close(), handler.close()]);
    const closed = new Promise<true>((resolve) => front.server.close(() => resolve(true)));
    front.server.closeIdleConnections();
    return closed;
  })();
  const isComplete = await Promise.race([drained, timedOut]);
  limit.abort();
  front.server.close();
  front.server.closeAllConnections();
  return isComplete;
}
