import { AvatarError } from '../../errors/AvatarError.js';
import type { AvatarServerConfig } from '../resolveServerOptions.js';
import { traced } from '../traced.js';
import type { AvatarNode } from './avatarNode.js';
import { createSingleFlight } from './createSingleFlight.js';
import { discoverNodes } from './discoverNodes.js';

/** For so long an answer serves all who ask: nodes that are given away meanwhile are promised in the ledger. */
const FRESH_MS = 1_000;
/** For so long an answer is better than none. */
const USABLE_MS = 30_000;
/** Nobody is kept waiting for a service that is in trouble while there is an answer of before. */
const PATIENCE_WITH_FALLBACK_MS = 2_000;

/** What discovery answered. */
export interface NodeListing {
  readonly nodes: readonly AvatarNode[];
  /** Whether it was asked for this very call, or joined while it was on its way. */
  readonly isNew: boolean;
}

/** The vendor's nodes, asked for once for all who want to know at the same moment. */
export interface NodeList {
  /** What is known if it is fresh, else as {@link NodeList.readAnew}. */
  read(signal: AbortSignal): Promise<NodeListing>;
  /**
   * Asks the vendor. When that fails, what is known is answered if it is not too old.
   *
   * @throws whatever `discoverNodes` throws.
   */
  readAnew(signal: AbortSignal): Promise<NodeListing>;
}

/** Makes a list for one configuration. Holds no timer and no socket while nobody asks. */
export function createNodeList(config: AvatarServerConfig): NodeList {
  const { clock, metrics, log, akool } = config;
  let latest: { readonly nodes: readonly AvatarNode[]; readonly at: number } | null = null;
  let failedAt = -Infinity;

  /** The latest answer, unless it is older than that. */
  function known(maxAgeMs: number): readonly AvatarNode[] | null {
    return latest !== null && clock.now() - latest.at < maxAgeMs ? latest.nodes : null;
  }

  const ask = createSingleFlight(
    (signal) =>
      traced('node-discover', {}, async () => {
        const startedAt = clock.now();
        const patienceMs = known(USABLE_MS) === null ? akool.discoveryTimeoutMs : Math.min(akool.discoveryTimeoutMs, PATIENCE_WITH_FALLBACK_MS);
        try {
          const nodes = await discoverNodes(config, signal, patienceMs);
          latest = { nodes, at: clock.now() };
          metrics.observe('discovery', { outcome: 'success' }, clock.now() - startedAt);
          return nodes;
        } catch (error) {
          if (signal.aborted) throw error;
          metrics.observe('discovery', { outcome: 'failure' }, clock.now() - startedAt);
          // A vendor that has answered, if only to refuse, has not failed.
          const fallback = isOutage(error) ? known(USABLE_MS) : null;
          if (fallback === null || latest === null) throw error;
          failedAt = clock.now();
          const ageMs = Math.round(clock.now() - latest.at);
          log({ level: 'warn', event: 'discovery-stale', message: 'Discovery did not answer. Its last answer is used for a while.', context: { ageMs, nodes: fallback.length } });
          return fallback;
        }
      }),
    { clock, joinForMs: FRESH_MS },
  );

  const readAnew: NodeList['readAnew'] = async (signal) => {
    // The outage was noticed a moment ago: asking again at once would make everybody wait.
    const fallback = clock.now() - failedAt < FRESH_MS ? known(USABLE_MS) : null;
    return { nodes: fallback ?? (await ask(signal)), isNew: true };
  };

  return {
    readAnew,
    async read(signal) {
      const nodes = known(FRESH_MS);
      return nodes === null ? readAnew(signal) : { nodes, isNew: false };
    },
  };
}

function isOutage(error: unknown): boolean {
  return AvatarError.isInstance(error) && error.reason === 'discovery-failed';
}
