import { AvatarError } from '../../errors/AvatarError.js';
import type { NodeHealth } from '../ledger/ledger.js';
import type { AvatarServerConfig } from '../resolveServerOptions.js';
import { traced } from '../traced.js';
import { nodeKey, type AvatarNode } from './avatarNode.js';
import { createNodeList } from './createNodeList.js';
import { createNodeProbe } from './createNodeProbe.js';
import { createNodeTaker } from './createNodeTaker.js';
import { breakerState } from './nodeBreaker.js';
import { permittedNodes } from './permittedNodes.js';
import { rankNodes } from './rankNodes.js';
import { sampleNodes } from './sampleNodes.js';

export interface NodeWish {
  readonly avatarId: string;
  /** Key of the session, which holds the promise. */
  readonly holder: string;
  /** Key of the node that this session had before; null for a new session. */
  readonly previous: string | null;
  readonly signal: AbortSignal;
}

/** Finds nodes for sessions. */
export interface NodePromiser {
  /**
   * Finds a free node and promises it to the session for a moment.
   *
   * @throws `no-avatar-available`, and whatever `discoverNodes` throws.
   */
  promise(wish: NodeWish): Promise<AvatarNode>;
}

/** Of a fleet that is larger, this many are looked at for one session: the best of them is hardly worse than the best of all. */
const MAX_CONSIDERED = 64;
/** A session may go back to its node once in this time. Who comes back sooner has reasons that only the page knows. */
const RETURN_WINDOW_MS = 60_000;

/** Makes a promiser for one configuration; it remembers what discovery and probes said a moment ago. */
export function createNodePromiser(config: AvatarServerConfig): NodePromiser {
  const { ledger } = config;
  const list = createNodeList(config);
  const taker = createNodeTaker(config, createNodeProbe(config));

  /**
   * Whether what a session lost was lost for reasons of its own, or of a server that was restarted. The ledger tells: the node has served
   * somebody lately, and nobody has complained since.
   */
  async function isBlameless({ failures, latencyMs }: NodeHealth, holder: string): Promise<boolean> {
    if (breakerState(failures) !== 'closed' || latencyMs === null) return false;
    return (await ledger.consume(`returns:${holder}`, { points: 1, windowMs: RETURN_WINDOW_MS })).allowed;
  }

  async function promiseOneOf(nodes: readonly AvatarNode[], orAny: boolean, { avatarId, holder, previous, signal }: NodeWish): Promise<AvatarNode | null> {
    const considered = sampleNodes(nodes, { avatarId, include: previous, maxNodes: MAX_CONSIDERED });
    const keys = considered.map(nodeKey);
    const health = await ledger.readNodes(keys);
    const own = previous === null ? undefined : health[keys.indexOf(previous)];
    const isPreviousToBlame = own !== undefined && !(await isBlameless(own, holder));
    const ranked = rankNodes({ nodes: considered, health, avatarId, previous, isPreviousToBlame });
    const taken = await taker.takeFirst(ranked, { holder, orAny, signal });
    return taken?.node ?? null;
  }

  async function promise(wish: NodeWish): Promise<AvatarNode> {
    // Who comes back has lost a node, which changes what is free.
    let listing = wish.previous === null ? await list.read(wish.signal) : await list.readAnew(wish.signal);
    for (;;) {
      const permitted = permittedNodes(config, listing.nodes);
      // Before a bad node is taken, it is asked whether there is a good one by now.
      const node = await promiseOneOf(permitted, listing.isNew, wish);
      if (node !== null) return node;
      if (listing.isNew) throw noneFree(listing.nodes, permitted);
      listing = await list.readAnew(wish.signal);
    }
  }

  return { promise: (wish) => traced('node-promise', { 'visavis.renewal': wish.previous !== null }, () => promise(wish)) };
}

function noneFree(nodes: readonly AvatarNode[], permitted: readonly AvatarNode[]): AvatarError {
  return new AvatarError('no-avatar-available', {
    message: 'No avatar is free right now. Try again shortly.',
    context: { known: nodes.length, free: nodes.filter(({ available }) => available).length, permitted: permitted.length },
  });
}
