/** How the health of nodes is reckoned, the same in every ledger. */

/** A failure counts half after this long: a node that was restarted is soon tried again. */
export const FAILURE_HALF_LIFE_MS = 30_000;
/** Below this a failure no longer matters (about three half-lives). */
export const NEGLIGIBLE_FAILURES = 0.1;
/** A node of which nothing is heard for this long is as good as unknown. */
export const NODE_MEMORY_MS = 600_000;
/** How much of a new latency goes into what is known. */
export const LATENCY_SHARE = 0.3;
