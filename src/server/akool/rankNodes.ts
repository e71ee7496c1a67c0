import type { NodeHealth } from '../ledger/ledger.js';
import { nodeKey, type AvatarNode } from './avatarNode.js';
import { breakerState, type BreakerState } from './nodeBreaker.js';

export interface RankOptions {
  readonly nodes: readonly AvatarNode[];
  /** In the order of `nodes`. */
  readonly health: readonly NodeHealth[];
  readonly avatarId: string;
  /** Key of the node that this session had before; null for a new session. */
  readonly previous: string | null;
  /** Whether that one is to blame for what happened: it is then taken only when there is nothing else. */
  readonly isPreviousToBlame: boolean;
  /** 0 to 1; default `Math.random`. */
  readonly random?: () => number;
}

export interface RankedNode {
  readonly node: AvatarNode;
  /** Name in the ledger. */
  readonly key: string;
  readonly breaker: BreakerState;
}

const BREAKER_ORDER: readonly BreakerState[] = ['closed', 'half-open', 'open'];
/** What it is worth that an avatar need not be loaded first. An estimate: the vendor does not say how long that takes. */
const LOAD_MS = 2_000;
/** What it costs to go back to a node at once: it may say that this is too soon, and a page then waits a second. */
const RETURN_MS = 1_500;
/** What it is worth that a node has served somebody lately: few sessions a minute cannot keep in mind which of the others are bad. */
const PROVEN_MS = 1_000;
/** How often a session looks past that, so that a node which came back or is new is found though nobody needs it. */
const EXPLORE_SHARE = 0.05;
/** A visitor does not notice less, and a measured latency is no better than that. */
const EQUAL_MS = 250;

/**
 * The nodes in the order in which to try them: by their breakers, then by the time until the avatar is expected to be there. So a session
 * stays with its node, which holds its avatar, unless others hold it as well. Nodes that are as good as each other come by chance, so
 * that many servers do not all pick the same one.
 */
export function rankNodes({ nodes, health, avatarId, previous, isPreviousToBlame, random = Math.random }: RankOptions): RankedNode[] {
  const bestMs = Math.min(...health.flatMap(({ latencyMs }) => latencyMs ?? []));
  const unprovenMs = random() < EXPLORE_SHARE ? 0 : PROVEN_MS;
  const candidates = nodes.map((node, index) => {
    const { failures, latencyMs } = health[index] ?? { failures: 0, latencyMs: null };
    const key = nodeKey(node);
    const isBlamed = key === previous && isPreviousToBlame;
    // To this session it is open, whoever else it may serve.
    const breaker = isBlamed ? 'open' : breakerState(failures);
    const preparationMs = key === previous ? RETURN_MS : node.avatarId === avatarId ? 0 : LOAD_MS;
    return {
      ranked: { node, key, breaker },
      isBlamed: Number(isBlamed),
      breakerRank: BREAKER_ORDER.indexOf(breaker),
      // Rounded, so that nodes which failed seconds apart count as equals. Those that are closed are.
      failures: breaker === 'closed' ? 0 : Math.ceil(failures),
      delayRank: Math.floor((preparationMs + (latencyMs === null ? unprovenMs : latencyMs - bestMs)) / EQUAL_MS),
      chance: random(),
    };
  });
  candidates.sort(
    (a, b) =>
      a.isBlamed - b.isBlamed || a.breakerRank - b.breakerRank || a.failures - b.failures || a.delayRank - b.delayRank || a.chance - b.chance,
  );
  return candidates.map(({ ranked }) => ranked);
}
