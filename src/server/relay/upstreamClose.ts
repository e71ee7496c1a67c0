import { AKOOL_CODE } from '../../services/akool-streaming/messages.js';
import { RELAY_CLOSE } from '../../grant/relayProtocol.js';

/** How a bridge ends, as the browser is told. */
export interface BridgeEnd {
  readonly code: number;
  readonly reason: string;
  /** Whether the node is to blame, so that the next session goes elsewhere. */
  readonly isNodeFailure: boolean;
}

/** The vendor's own words are never passed on: they could hold anything. */
const VENDOR_REASONS: Readonly<Record<number, string>> = {
  [AKOOL_CODE.badKey]: 'The avatar service rejected the server\'s key.',
  [AKOOL_CODE.occupied]: 'The avatar is taken by another session.',
  [AKOOL_CODE.tooSoon]: 'The avatar service asks to wait before reconnecting.',
};

/** What a node says of the key, or of a page that came back too soon, says nothing against the node. */
const NOT_THE_NODES: ReadonlySet<number> = new Set([AKOOL_CODE.badKey, AKOOL_CODE.tooSoon]);

/** What a vendor's close means for the browser. 4xxx codes go through unchanged. */
export function endForUpstreamClose(code: number): BridgeEnd {
  if (code >= 4_000 && code <= 4_999)
    return { code, reason: VENDOR_REASONS[code] ?? `The avatar service closed the connection (${code}).`, isNodeFailure: !NOT_THE_NODES.has(code) };
  if (code === 1_000) return { code, reason: 'The avatar service ended the session.', isNodeFailure: false };
  return { code: RELAY_CLOSE.upstreamUnreachable, reason: 'The connection to the avatar was lost.', isNodeFailure: true };
}

/** What a vendor's plain HTTP answer to the upgrade means. */
export function endForUpstreamStatus(status: number): BridgeEnd {
  if (status === 401 || status === 403) return endForUpstreamClose(AKOOL_CODE.badKey);
  return { code: RELAY_CLOSE.upstreamUnreachable, reason: 'The avatar refused the connection.', isNodeFailure: true };
}

/** What a message means that is over the limit. Not the page's fault, so another node is worth a try. */
export const UPSTREAM_TOO_LARGE: BridgeEnd = {
  code: RELAY_CLOSE.upstreamUnreachable,
  reason: 'The avatar sent a message that is too large.',
  isNodeFailure: true,
};

export const UPSTREAM_UNREACHABLE: BridgeEnd = {
  code: RELAY_CLOSE.upstreamUnreachable,
  reason: 'The avatar could not be reached.',
  isNodeFailure: true,
};

export const UPSTREAM_TIMEOUT: BridgeEnd = {
  code: RELAY_CLOSE.upstreamTimeout,
  reason: 'The avatar did not answer in time.',
  isNodeFailure: true,
};
