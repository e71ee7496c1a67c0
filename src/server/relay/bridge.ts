import type { RawData, WebSocket } from 'ws';
import { RELAY_CLOSE } from '../../grant/relayProtocol.js';
import { nodeKey } from '../akool/avatarNode.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { RelayTicket } from '../tickets/ticketClaims.js';
import { closeSocket } from './closeSocket.js';
import { createFlow } from './createFlow.js';
import { createRateGate } from './createRateGate.js';
import { createRedactor } from './createRedactor.js';
import { frameText } from './frameText.js';
import { inspectClientMessage } from './inspectClientMessage.js';
import { isAckOf, leaveUpstream, type SentLeave } from './leaveUpstream.js';
import { openUpstream } from './openUpstream.js';
import { endForUpstreamClose, endForUpstreamStatus, UPSTREAM_TIMEOUT, UPSTREAM_UNREACHABLE, type BridgeEnd } from './upstreamClose.js';
import { watchBrowser } from './watchBrowser.js';

/** One browser joined to one avatar node. */
export interface Bridge {
  /** Ends it: tells the browser, takes leave of the node. Only the first call counts. */
  end(code: number, reason: string): void;
  /** Resolves when both sockets are gone. */
  readonly ended: Promise<void>;
}

/** A page with a bug is told what is wrong; one that goes on and on is not worth talking to. */
const MAX_REFUSED_MESSAGES = 10;

/** Joins an admitted browser, which is paused, to the node of its ticket. */
export function bridge(config: ServerConfig, browser: WebSocket, ticket: RelayTicket): Bridge {
  const { clock, limits, ledger } = config;
  const node = nodeKey(ticket.node);
  const openedAt = clock.now();
  const redact = createRedactor([config.akool.apiKey, ticket.agoraData.token]);
  const mayPass = createRateGate(limits.maxMessagesPerSecond, clock);
  const upstream = openUpstream(config, ticket);
  let refusedMessages = 0;
  let leave: SentLeave | null = null;
  let isProven = false;
  let isEnding = false;
  let resolveEnded: () => void = () => {};
  const ended = new Promise<void>((resolve) => (resolveEnded = resolve));

  const upFlow = createFlow({ from: browser, to: upstream, maxBufferedBytes: limits.maxBufferedBytes, clock, onStall: () => finish(UPSTREAM_TIMEOUT) });
  const downFlow = createFlow({
    from: upstream,
    to: browser,
    maxBufferedBytes: limits.maxBufferedBytes,
    clock,
    onStall: () => end(RELAY_CLOSE.rateLimited, 'The page does not read what the avatar sends.'),
  });
  const cancelConnectTimeout = clock.schedule(() => finish(UPSTREAM_TIMEOUT), config.akool.connectTimeoutMs);
  const cancelSessionEnd = clock.schedule(
    () => end(RELAY_CLOSE.ticketExpired, 'The time of this grant is over. Renew it to go on.'),
    Math.max(0, ticket.sessionEndsAt - config.clock.epochMs()),
  );
  const stopWatching = watchBrowser(browser, clock, () => !upFlow.isPaused, () => {
    report(ledger.isSessionEnded(ticket.session).then((isOver) => isOver && end(RELAY_CLOSE.ticketRefused, 'The session has ended.')));
  });

  /** The ledger is an aid here: a session goes on without it. */
  function report(work: Promise<unknown>): void {
    work.catch(() =>
      config.log({ level: 'warn', event: 'ledger-fail', message: 'The ledger did not answer.', context: { sessionId: ticket.sessionId } }),
    );
  }

  function end(code: number, reason: string): void {
    finish({ code, reason, isNodeFailure: false });
  }

  function finish({ code, reason, isNodeFailure }: BridgeEnd): void {
    if (isEnding) return;
    isEnding = true;
    cancelConnectTimeout();
    cancelSessionEnd();
    stopWatching();
    browser.off('message', onBrowserMessage);
    browser.off('ping', onBrowserPing);
    upstream.off('message', onUpstreamMessage);
    upFlow.stop();
    downFlow.stop();
    if (isNodeFailure) report(ledger.reportNode(node, 'failure'));
    config.log({
      level: isNodeFailure ? 'warn' : 'info',
      event: 'relay-close',
      message: reason,
      context: { sessionId: ticket.sessionId, node, code, durationMs: Math.round(clock.now() - openedAt) },
    });
    const browserGone = closeSocket(browser, code, reason, clock);
    const upstreamGone = leaveUpstream(upstream, leave, clock);
    void Promise.all([browserGone, upstreamGone]).then(() => {
      report(ledger.releaseNode(node, ticket.session));
      resolveEnded();
    });
  }

  function onBrowserMessage(data: RawData, isBinary: boolean): void {
    if (!mayPass()) return end(RELAY_CLOSE.rateLimited, 'Messages came too fast.');
    if (isBinary) return refuseMessage('Only text messages are forwarded.');
    const text = frameText(data);
    if (Buffer.byteLength(text) > limits.maxMessageBytesUp) return end(RELAY_CLOSE.messageTooLarge, `A message was over ${limits.maxMessageBytesUp} bytes.`);
    const inspected = inspectClientMessage(text, ticket.agoraData);
    if (!inspected.ok) return refuseMessage(inspected.why);
    if (inspected.leaveMid !== null) leave = { mid: inspected.leaveMid, isAcknowledged: false };
    upFlow.send(inspected.text);
  }

  function refuseMessage(why: string): void {
    refusedMessages += 1;
    if (refusedMessages > MAX_REFUSED_MESSAGES) return end(RELAY_CLOSE.badRequest, why);
    const pld = { error_code: RELAY_CLOSE.badRequest, error_message: why };
    downFlow.send(JSON.stringify({ v: 2, type: 'error', mid: `relay-error-${refusedMessages}`, pld }));
  }

  function onUpstreamMessage(data: RawData, isBinary: boolean): void {
    if (isBinary) return; // The vendor speaks text; anything else has no meaning to a browser.
    const text = frameText(data);
    if (!isProven && text.includes('agora_connected')) {
      isProven = true;
      report(ledger.reportNode(node, 'success'));
    }
    if (leave !== null && isAckOf(text, leave.mid)) leave = { ...leave, isAcknowledged: true };
    downFlow.send(redact(text));
  }

  function onBrowserPing(payload: Buffer): void {
    if (!mayPass()) return end(RELAY_CLOSE.rateLimited, 'Messages came too fast.');
    if (browser.bufferedAmount < limits.maxBufferedBytes) browser.pong(payload);
  }

  browser.on('message', onBrowserMessage);
  browser.on('ping', onBrowserPing);
  browser.once('close', () => end(1_000, 'The page went away.'));
  // The library has begun to close; the node need not wait for that.
  browser.once('error', () => end(1_002, 'The page broke the protocol.'));
  upstream.on('message', onUpstreamMessage);
  upstream.once('open', cancelConnectTimeout);
  upstream.once('unexpected-response', (request, response) => {
    finish(endForUpstreamStatus(response.statusCode ?? 0));
    response.destroy();
    request.destroy();
  });
  upstream.on('error', (error) => {
    const isTooLarge = 'code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
    if (isTooLarge) finish({ code: RELAY_CLOSE.messageTooLarge, reason: 'The avatar sent a message that is too large.', isNodeFailure: true });
    else finish(UPSTREAM_UNREACHABLE);
  });
  upstream.once('close', (code) => finish(endForUpstreamClose(code)));
  if (browser.readyState === browser.OPEN) browser.resume();
  else end(1_000, 'The page went away.');
  return { end, ended };
}
