import { RELAY_CLOSE } from '../../grant/relayProtocol.js';
import { AKOOL_WS_PATH } from '../../services/akool-streaming/messages.js';
import { nodeKey } from '../akool/avatarNode.js';
import { guardedLookup } from '../akool/guardedLookup.js';
import { reportNode } from '../akool/reportNode.js';
import type { AvatarServerConfig } from '../resolveServerOptions.js';
import type { AvatarTicket } from '../tickets/ticketClaims.js';
import { createReadmeForms, readmeAuth } from './createReadmeForms.js';
import { createRedactor } from './createRedactor.js';
import { inspectClientMessage } from './inspectClientMessage.js';
import { isPlainAudio } from './isPlainAudio.js';
import { isAckOf, leaveNode, type SentLeave } from './leaveNode.js';
import { endForUpstreamClose, endForUpstreamStatus, UPSTREAM_TIMEOUT, UPSTREAM_TOO_LARGE, UPSTREAM_UNREACHABLE } from './upstreamClose.js';
import type { UpstreamWire } from './upstreamWire.js';
import { OPCODE } from './websocket/frame.js';
import type { UpgradeTarget } from './websocket/requestUpgrade.js';

/** Nobody waits so long for an avatar and then changes their mind; a page gives up after 30 s. An avatar that comes does so within a few. */
const JOIN_PATIENCE_MS = 20_000;

/** The way to an avatar node, which speaks JSON and serves one session at a time. */
export function createNodeWire(config: AvatarServerConfig, ticket: AvatarTicket): UpstreamWire {
  const { clock, ledger, akool } = config;
  const host = nodeKey(ticket.node);
  const speaksReadme = akool.messageForms === 'readme';
  const redact = createRedactor([akool.apiKey, ticket.agoraData.token]);
  const toForm = speaksReadme ? createReadmeForms(ticket.agoraData) : undefined;
  let sentLeave: SentLeave | null = null;
  let isProven = false;
  /** When the node was told of the room; null before. */
  let askedAt: number | null = null;
  const openedAt = clock.now();

  /** The ledger is an aid here: a session goes on without it. */
  function report(work: Promise<unknown>): void {
    work.catch(() => {
      config.metrics.count('ledgerFailures', {});
      config.log({ level: 'warn', event: 'ledger-fail', message: 'The ledger did not answer.', context: { sessionId: ticket.sessionId } });
    });
  }

  return {
    kind: ticket.target,
    host,
    target: nodeTarget(config, ticket, host),
    connectTimeoutMs: akool.connectTimeoutMs,
    opening: speaksReadme ? readmeAuth(akool.apiKey, ticket.avatarId) : null,
    greeting: null,
    endsWhenIdle: true,
    unreachable: UPSTREAM_UNREACHABLE,
    timedOut: UPSTREAM_TIMEOUT,
    sentTooMuch: UPSTREAM_TOO_LARGE,
    endForClose(code) {
      const end = endForUpstreamClose(code);
      // A session that the node ends before it began, and that no page left, is none that it served.
      return code === 1_000 && !isProven && sentLeave === null ? { ...end, isNodeFailure: true } : end;
    },
    endForStatus: endForUpstreamStatus,

    peekUp: (frame) => (!speaksReadme && frame.opcode === OPCODE.text && isPlainAudio(frame) ? 'audio' : null),
    peekDown: () => null,

    fromBrowser(payload, isBinary) {
      if (isBinary) return { ok: false, why: 'Only text messages are forwarded.' };
      const inspected = inspectClientMessage(payload.toString(), ticket.agoraData, toForm);
      if (!inspected.ok) return inspected;
      if (inspected.isRoom) askedAt ??= clock.now();
      if (inspected.leaveMid !== null) sentLeave = { mid: inspected.leaveMid, isAcknowledged: false };
      return { ok: true, kind: inspected.kind, message: inspected.text, answer: inspected.answer };
    },

    fromVendor(payload, isBinary) {
      if (isBinary) return null; // The vendor speaks text; anything else has no meaning to a browser.
      const text = payload.toString();
      if (!isProven && text.includes('agora_connected')) {
        isProven = true;
        report(reportNode(config, host, { kind: 'success', latencyMs: clock.now() - openedAt }));
      }
      if (sentLeave !== null && isAckOf(text, sentLeave.mid)) sentLeave = { ...sentLeave, isAcknowledged: true };
      return { kind: text.includes('"pong"') ? 'ping' : 'other', message: redact(text) };
    },

    complaint(why, count) {
      const pld = { error_code: RELAY_CLOSE.badRequest, error_message: why };
      return JSON.stringify({ v: 2, type: 'error', mid: `relay-error-${count}`, pld });
    },

    onEnd({ isNodeFailure }) {
      const neverCame = !isProven && askedAt !== null && clock.now() - askedAt >= JOIN_PATIENCE_MS;
      if (isNodeFailure || neverCame) report(reportNode(config, host, { kind: 'failure' }));
    },
    leave: (upstream) => leaveNode(upstream, sentLeave, clock),
    onGone: () => report(ledger.releaseNode(host, ticket.session)),
  };
}

/** The key travels in a header, unless the node is shown it in a message. */
function nodeTarget({ akool, hostPolicy }: AvatarServerConfig, ticket: AvatarTicket, host: string): UpgradeTarget {
  const query = new URLSearchParams([
    ['session_id', ticket.sessionId],
    ['avatar_id', ticket.avatarId],
  ]);
  return {
    url: new URL(`ws://${host}${AKOOL_WS_PATH}?${query.toString()}`),
    headers: akool.messageForms === 'readme' ? {} : { api_key: akool.apiKey },
    subprotocols: [],
    accepts: (selected) => selected === null,
    lookup: guardedLookup(hostPolicy),
  };
}
