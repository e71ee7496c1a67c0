import type { ServerConfig } from '../resolveServerOptions.js';
import { randomId } from '../randomId.js';

/** How long others wait for an instance that died at its work; shorter than a page goes on trying. */
const HOLD_MS = 8_000;
const EXTEND_MS = 2_000;

/**
 * Does work that only one instance may do at a time, and holds the others off for as long as it takes.
 *
 * @param turn names the work in the ledger.
 * @param taken makes the error for whoever comes while another is at it.
 */
export async function inTurn<Value>({ ledger, clock }: Pick<ServerConfig, 'ledger' | 'clock'>, turn: string, taken: () => Error, work: () => Promise<Value>): Promise<Value> {
  const holder = randomId();
  const hold = (): Promise<boolean> => ledger.reserveNode(turn, holder, clock.epochMs() + HOLD_MS);
  if (!(await hold())) throw taken();

  let cancel = (): void => undefined;
  function extendLater(): void {
    cancel = clock.schedule(() => {
      // A ledger that fails now may answer the next time, which is still soon enough.
      void hold().catch(() => undefined);
      extendLater();
    }, EXTEND_MS);
  }

  extendLater();
  try {
    return await work();
  } finally {
    cancel();
    // It lapses by itself: no reason to lose what was done.
    await ledger.releaseNode(turn, holder).catch(() => undefined);
  }
}
