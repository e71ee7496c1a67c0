import type { AvatarServerConfig } from '../resolveServerOptions.js';
import { nodeKey, type AvatarNode } from './avatarNode.js';
import { normaliseHost } from './ipAddress.js';
import { reportNode } from './reportNode.js';
import type { ConnectOutcome } from './tryConnect.js';

/** `unknown`: this platform opens no sockets, or probing is switched off. */
export type ProbeOutcome = ConnectOutcome | 'unknown';

/** Finds out whether nodes take connections, before a session is sent there. */
export interface NodeProbe {
  /** Only for nodes that the host policy permits. Never rejects. */
  probe(node: AvatarNode): Promise<ProbeOutcome>;
  /** False as long as no node ever answered: perhaps the relay can reach them and this process cannot. */
  readonly hasSight: boolean;
}

/** On a busy server, nobody waits for a probe that somebody else made just now. */
const REMEMBERED_MS = 5_000;
const MAX_REMEMBERED = 2_000;

/** Makes a probe for one configuration. Holds no timer and no socket beyond `akool.probeTimeoutMs`. */
export function createNodeProbe(config: AvatarServerConfig): NodeProbe {
  const { clock, hostPolicy, log, akool } = config;
  const recent = new Map<string, { readonly outcome: Promise<ProbeOutcome>; readonly until: number }>();
  let hasSight = false;
  let canConnect = akool.probeTimeoutMs > 0;

  async function connectTo(node: AvatarNode): Promise<ProbeOutcome> {
    const host = normaliseHost(node.host);
    if (host === null || !hostPolicy.permitsHost(node.host)) return 'refused';
    // Loaded late: an edge server has no sockets, and must not fail for that.
    const sockets = await import('./tryConnect.js').catch(() => null);
    if (sockets === null) {
      canConnect = false;
      return 'unknown';
    }
    const timeout = new AbortController();
    const cancelTimeout = (clock.scheduleIdle ?? clock.schedule)(() => timeout.abort(), akool.probeTimeoutMs);
    try {
      return await sockets.tryConnect({ host, port: node.port, policy: hostPolicy, signal: timeout.signal });
    } finally {
      cancelTimeout();
    }
  }

  async function findOut(node: AvatarNode): Promise<ProbeOutcome> {
    const outcome = await connectTo(node).catch((): ProbeOutcome => 'unknown');
    if (outcome === 'answered') hasSight = true;
    // A process that reaches none has no say in which of them are bad.
    else if (outcome !== 'unknown' && hasSight)
      await reportNode(config, nodeKey(node), { kind: 'failure' }).catch(() =>
        log({ level: 'warn', event: 'ledger-fail', message: 'The ledger did not answer.', context: {} }),
      );
    return outcome;
  }

  function forgetOld(now: number): void {
    for (const [key, { until }] of recent) if (until <= now || recent.size > MAX_REMEMBERED) recent.delete(key);
  }

  return {
    async probe(node) {
      if (!canConnect) return 'unknown';
      const now = clock.now();
      const key = nodeKey(node);
      const known = recent.get(key);
      if (known !== undefined && known.until > now) return known.outcome;
      if (recent.size >= MAX_REMEMBERED) forgetOld(now);
      const outcome = findOut(node);
      recent.set(key, { outcome, until: now + REMEMBERED_MS });
      return outcome;
    },
    get hasSight() {
      return hasSight;
    },
  };
}
