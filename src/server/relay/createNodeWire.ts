import { RELAY_CLOSE } from '../../grant/relayProtocol.js';
import { nodeKey } from '../akool/avatarNode.js';
import type { AvatarServerConfig } from '../resolveServerOptions.js';
import type { AvatarTicket } from '../tickets/ticketClaims.js';
import { createReadmeForms, readmeAuth } from './createReadmeForms.js';
import { createRedactor } from './createRedactor.js';
import { frameText } from './frameText.js';
import { inspectClientMessage } from './inspectClientMessage.js';
import { isAckOf, leaveUpstream, type SentLeave } from './leaveUpstream.js';
import { openNode } from './openNode.js';
import { endForUpstreamClose, endForUpstreamStatus, UPSTREAM_TIMEOUT, UPSTREAM_TOO_LARGE, UPSTREAM_UNREACHABLE } from './upstreamClose.js';
import type { UpstreamWire } from './upstreamWire.js';

/** The way to an avatar node, which speaks JSON and serves one session at a time. */
export function createNodeWire(config: AvatarServerConfig, ticket: AvatarTicket): UpstreamWire {
  const { clock, ledger } = config;
  const host = nodeKey(ticket.node);
  const socket = openNode(config, ticket);
  const redact = createRedactor([config.akool.apiKey, ticket.agoraData.token]);
  const toForm = config.akool.messageForms === 'readme' ? createReadmeForms(ticket.agoraData) : undefined;
  let sentLeave: SentLeave | null = null;
  let isProven = false;
  const openedAt = clock.now();

  /** The ledger is an aid here: a session goes on without it. */
  function report(work: Promise<unknown>): void {
    work.catch(() =>
      config.log({ level: 'warn', event: 'ledger-fail', message: 'The ledger did not answer.', context: { sessionId: ticket.sessionId } }),
    );
  }

  // Before anything of the browser's, which the bridge begins to send on the same event.
  if (toForm) socket.once('open', () => socket.send(readmeAuth(config.akool.apiKey, ticket.avatarId)));

  return {
    socket,
    host,
    connectTimeoutMs: config.akool.connectTimeoutMs,
    greeting: null,
    unreachable: UPSTREAM_UNREACHABLE,
    timedOut: UPSTREAM_TIMEOUT,
    sentTooMuch: UPSTREAM_TOO_LARGE,
    endForClose: endForUpstreamClose,
    endForStatus: endForUpstreamStatus,

    fromBrowser(data, isBinary) {
      if (isBinary) return { ok: false, why: 'Only text messages are forwarded.' };
      const inspected = inspectClientMessage(frameText(data), ticket.agoraData, toForm);
      if (!inspected.ok) return inspected;
      if (inspected.leaveMid !== null) sentLeave = { mid: inspected.leaveMid, isAcknowledged: false };
      return { ok: true, message: inspected.text, answer: inspected.answer };
    },

    fromVendor(data, isBinary) {
      if (isBinary) return null; // The vendor speaks text; anything else has no meaning to a browser.
      const text = frameText(data);
      if (!isProven && text.includes('agora_connected')) {
        isProven = true;
        report(ledger.reportNode(host, { kind: 'success', latencyMs: clock.now() - openedAt }));
      }
      if (sentLeave !== null && isAckOf(text, sentLeave.mid)) sentLeave = { ...sentLeave, isAcknowledged: true };
      return redact(text);
    },

    complaint(why, count) {
      const pld = { error_code: RELAY_CLOSE.badRequest, error_message: why };
      return JSON.stringify({ v: 2, type: 'error', mid: `relay-error-${count}`, pld });
    },

    async leave({ isNodeFailure }) {
      if (isNodeFailure) report(ledger.reportNode(host, { kind: 'failure' }));
      await leaveUpstream(socket, sentLeave, clock);
    },

    onGone: () => report(ledger.releaseNode(host, ticket.session)),
  };
}
