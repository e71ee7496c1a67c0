import type { RawData, WebSocket } from 'ws';
import { RELAY_CLOSE } from '../../grant/relayProtocol.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { RelayTicket } from '../tickets/ticketClaims.js';
import { closeSocket } from './closeSocket.js';
import { createFlow } from './createFlow.js';
import { createRateGate } from './createRateGate.js';
import { frameBytes } from './frameBytes.js';
import type { BridgeEnd } from './upstreamClose.js';
import type { UpstreamWire } from './upstreamWire.js';
import { watchBrowser } from './watchBrowser.js';

/** One browser joined to one vendor's socket. */
export interface Bridge {
  /** Ends it: tells the browser, takes leave of the vendor. Only the first call counts. */
  end(code: number, reason: string): void;
  /** Resolves when both sockets are gone. */
  readonly ended: Promise<void>;
}

/** A page with a bug is told what is wrong; one that goes on and on is not worth talking to. */
const MAX_REFUSED_MESSAGES = 10;

/** Joins an admitted browser, which is paused, to the vendor of its ticket. */
export function bridge(config: ServerConfig, browser: WebSocket, ticket: RelayTicket, wire: UpstreamWire): Bridge {
  const { clock, limits, ledger } = config;
  const { socket: upstream, host } = wire;
  const openedAt = clock.now();
  const mayPass = createRateGate(limits.maxMessagesPerSecond, clock);
  let refusedMessages = 0;
  let isEnding = false;
  let resolveEnded: () => void = () => {};
  const ended = new Promise<void>((resolve) => (resolveEnded = resolve));

  const upFlow = createFlow({ from: browser, to: upstream, maxBufferedBytes: limits.maxBufferedBytes, clock, onStall: () => finish(wire.timedOut) });
  const downFlow = createFlow({
    from: upstream,
    to: browser,
    maxBufferedBytes: limits.maxBufferedBytes,
    clock,
    onStall: () => end(RELAY_CLOSE.rateLimited, 'The page does not read what it is sent.'),
  });
  const cancelConnectTimeout = clock.schedule(() => finish(wire.timedOut), wire.connectTimeoutMs);
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

  function finish(cause: BridgeEnd): void {
    if (isEnding) return;
    isEnding = true;
    const { code, reason, isNodeFailure } = cause;
    cancelConnectTimeout();
    cancelSessionEnd();
    stopWatching();
    browser.off('message', onBrowserMessage);
    browser.off('ping', onBrowserPing);
    upstream.off('message', onUpstreamMessage);
    upFlow.stop();
    downFlow.stop();
    config.log({
      level: isNodeFailure ? 'warn' : 'info',
      event: 'relay-close',
      message: reason,
      context: { sessionId: ticket.sessionId, target: ticket.target, host, code, durationMs: Math.round(clock.now() - openedAt) },
    });
    const browserGone = closeSocket(browser, code, reason, clock);
    const upstreamGone = wire.leave(cause);
    void Promise.all([browserGone, upstreamGone]).then(() => {
      wire.onGone();
      resolveEnded();
    });
  }

  function onBrowserMessage(data: RawData, isBinary: boolean): void {
    if (!mayPass()) return end(RELAY_CLOSE.rateLimited, 'Messages came too fast.');
    if (frameBytes(data).byteLength > limits.maxMessageBytesUp) return end(RELAY_CLOSE.messageTooLarge, `A message was over ${limits.maxMessageBytesUp} bytes.`);
    const checked = wire.fromBrowser(data, isBinary);
    if (!checked.ok) return refuseMessage(checked.why);
    upFlow.send(checked.message);
    if (checked.answer) downFlow.send(checked.answer);
  }

  function refuseMessage(why: string): void {
    refusedMessages += 1;
    if (refusedMessages > MAX_REFUSED_MESSAGES) return end(RELAY_CLOSE.badRequest, why);
    const complaint = wire.complaint(why, refusedMessages);
    if (complaint === null) end(RELAY_CLOSE.badRequest, why);
    else downFlow.send(complaint);
  }

  function onUpstreamMessage(data: RawData, isBinary: boolean): void {
    const message = wire.fromVendor(data, isBinary);
    if (message !== null) downFlow.send(message);
  }

  function onBrowserPing(payload: Buffer): void {
    if (!mayPass()) return end(RELAY_CLOSE.rateLimited, 'Messages came too fast.');
    if (browser.bufferedAmount < limits.maxBufferedBytes) browser.pong(payload);
  }

  browser.on('message', onBrowserMessage);
  browser.on('ping', onBrowserPing);
  browser.once('close', () => end(1_000, 'The page went away.'));
  // The library has begun to close; the vendor need not wait for that.
  browser.once('error', () => end(1_002, 'The page broke the protocol.'));
  upstream.on('message', onUpstreamMessage);
  upstream.once('open', () => {
    cancelConnectTimeout();
    if (wire.greeting !== null && !isEnding) downFlow.send(wire.greeting);
  });
  upstream.once('unexpected-response', (request, response) => {
    finish(wire.endForStatus(response.statusCode ?? 0));
    response.destroy();
    request.destroy();
  });
  upstream.on('error', (error) => {
    const isTooLarge = 'code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
    finish(isTooLarge ? wire.sentTooMuch : wire.unreachable);
  });
  upstream.once('close', (code) => finish(wire.endForClose(code)));
  if (browser.readyState === browser.OPEN) browser.resume();
  else end(1_000, 'The page went away.');
  return { end, ended };
}
