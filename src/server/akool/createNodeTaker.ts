import { abortReason } from '../../errors/abort.js';
import type { AvatarServerConfig } from '../resolveServerOptions.js';
import type { NodeProbe, ProbeOutcome } from './createNodeProbe.js';
import { trialKey } from './nodeBreaker.js';
import type { RankedNode } from './rankNodes.js';

export interface TakeOptions {
  /** Key of the session. */
  readonly holder: string;
  /** Whether nodes that are known to fail, and those whose probe may be wrong, are taken when there are no others. */
  readonly orAny: boolean;
  readonly signal: AbortSignal;
}

/** Takes nodes for sessions. */
export interface NodeTaker {
  /** The first in this order that nobody else holds and that answers. */
  takeFirst(ranked: readonly RankedNode[], options: TakeOptions): Promise<RankedNode | null>;
}

/** Discovery shows a node as free until somebody connects: for this long it is not given to a second browser. */
const PROMISE_MS = 10_000;
/** How many are probed at the same time. */
const PROBES = 3;

/** Makes a taker for one configuration. */
export function createNodeTaker({ ledger, clock, akool }: AvatarServerConfig, probes: NodeProbe): NodeTaker {
  const reserve = (key: string, holder: string, forMs = PROMISE_MS): Promise<boolean> => ledger.reserveNode(key, holder, clock.epochMs() + forMs);

  /** As {@link reserve}; a node whose breaker is half open goes to one session until it is known how that one fares. */
  async function reserveForTrial({ key, breaker }: RankedNode, holder: string): Promise<boolean> {
    if (breaker !== 'half-open') return reserve(key, holder);
    if (!(await reserve(trialKey(key), holder, PROMISE_MS + akool.connectTimeoutMs))) return false;
    if (await reserve(key, holder)) return true;
    await ledger.releaseNode(trialKey(key), holder);
    return false;
  }

  return {
    async takeFirst(ranked, { holder, orAny, signal }) {
      const unreached: { readonly candidate: RankedNode; readonly outcome: ProbeOutcome }[] = [];

      async function takeOf(candidates: readonly RankedNode[], reserveOne: (candidate: RankedNode) => Promise<boolean>): Promise<RankedNode | null> {
        for (const [index, candidate] of candidates.entries()) {
          if (signal.aborted) throw abortReason(signal);
          // Before it is probed: one that somebody else holds is worth no wait.
          if (!(await reserveOne(candidate))) continue;
          // The next best at the same time, so that it is known of them by then should this one not answer.
          const [outcome] = candidates.slice(index, index + PROBES).map(({ node }) => probes.probe(node));
          const known = (await outcome) ?? 'unknown';
          if (known === 'answered' || known === 'unknown') return candidate;
          await ledger.releaseNode(candidate.key, holder);
          unreached.push({ candidate, outcome: known });
        }
        return null;
      }

      const usable = ranked.filter(({ breaker }) => breaker !== 'open');
      const found = await takeOf(usable, (candidate) => reserveForTrial(candidate, holder));
      if (found !== null || !orAny) return found;
      // Those that are known to fail, and those that somebody else is trying.
      const failing = ranked.filter((candidate) => candidate.breaker !== 'closed' && !unreached.some((other) => other.candidate === candidate));
      const desperate = await takeOf(failing, ({ key }) => reserve(key, holder));
      if (desperate !== null) return desperate;
      for (const { candidate, outcome } of unreached) {
        // Slow is not dead, and where this process reaches no node at all, the relay may.
        if ((outcome === 'silent' || !probes.hasSight) && (await reserve(candidate.key, holder))) return candidate;
      }
      return null;
    },
  };
}
