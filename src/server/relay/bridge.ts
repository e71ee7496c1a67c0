import { RELAY_CLOSE } from '../../grant/relayProtocol.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { RelayTicket } from '../tickets/ticketClaims.js';
import { traced } from '../traced.js';
import { BridgeWatch } from './BridgeWatch.js';
import { BrowserSide } from './BrowserSide.js';
import { createLedgerBeat } from './createLedgerBeat.js';
import { encodeMessage } from './encodeMessage.js';
import { Flow } from './Flow.js';
import { RateGate } from './RateGate.js';
import { Tally } from './Tally.js';
import type { BridgeEnd } from './upstreamClose.js';
import type { UpstreamWire } from './upstreamWire.js';
import { VendorSide } from './VendorSide.js';
import { OPCODE } from './websocket/frame.js';
import { Peer } from './websocket/Peer.js';
import { requestUpgrade } from './websocket/requestUpgrade.js';
import { UpgradeError } from './websocket/UpgradeError.js';

/** One browser joined to one vendor's socket. */
export interface Bridge {
  /** Ends it: tells the browser, takes leave of the vendor. Only the first call counts. */
  end(code: number, reason: string): void;
  /** Lets both sockets go at once, whatever they still wait for. */
  destroy(): void;
  /** Resolves when both sockets are gone. */
  readonly ended: Promise<void>;
}

/** Who holds the session's place at a vendor: a newer connection takes it over, also on another instance. */
export interface Seat {
  readonly name: string;
  readonly connection: string;
}

/** Joins an admitted browser, which is not read from yet, to the vendor of its ticket. */
export function bridge(config: ServerConfig, browser: Peer, ticket: RelayTicket, seat: Seat, wire: UpstreamWire): Bridge {
  const { clock, limits, metrics } = config;
  const target = wire.kind;
  const startedAt = clock.now();
  const tally = new Tally(metrics, target);
  const connecting = new AbortController();
  let vendor: Peer | null = null;
  let isEnding = false;

  const flowOptions = { maxBufferedBytes: limits.maxBufferedBytes, clock };
  const up = new Flow({
    ...flowOptions,
    from: browser,
    // Above the bound audio is dropped. Whatever else there is has as much room again.
    pauseAboveBytes: 2 * limits.maxBufferedBytes,
    onStall: () => finish(wire.timedOut),
  });
  const watch = new BridgeWatch({
    clock,
    browser,
    vendor: () => vendor,
    maxIdleMs: wire.endsWhenIdle ? limits.maxIdleMs : Infinity,
    onIdle: () => end(RELAY_CLOSE.idle, 'Nothing was said for too long. Connect again to go on.'),
    onVendorGone: () => finish(wire.timedOut),
    onBeat() {
      tally.report();
      beatLedger();
    },
  });
  const beatLedger = createLedgerBeat(config, ticket, seat, end);
  const cancelConnectTimeout = clock.schedule(() => finish(wire.timedOut), wire.connectTimeoutMs);
  const cancelSessionEnd = clock.schedule(
    () => end(RELAY_CLOSE.ticketExpired, 'The time of this grant is over. Renew it to go on.'),
    Math.max(0, ticket.sessionEndsAt - clock.epochMs()),
  );

  function end(code: number, reason: string): void {
    finish({ code, reason, isNodeFailure: false });
  }

  let resolveEnded: () => void = () => {};
  const ended = new Promise<void>((resolve) => (resolveEnded = resolve));

  function finish(cause: BridgeEnd): void {
    if (isEnding) return;
    isEnding = true;
    const { code, reason, isNodeFailure } = cause;
    cancelConnectTimeout();
    cancelSessionEnd();
    watch.stop();
    // First, since it may have more to forward of what it has read.
    const browserGone = browser.close(code, reason);
    up.stop();
    down.stop();
    wire.onEnd(cause);
    connecting.abort();
    void Promise.all([browserGone, connected.then(leaveVendor)]).then(() => {
      wire.onGone();
      resolveEnded();
    });

    const durationMs = clock.now() - startedAt;
    tally.report();
    metrics.count('relayClosed', { target, code });
    metrics.observe('relayConnection', { target }, durationMs);
    config.log({
      level: isNodeFailure ? 'warn' : 'info',
      event: 'relay-close',
      message: reason,
      context: { sessionId: ticket.sessionId, target, host: wire.host, code, durationMs: Math.round(durationMs), ...tally.sums() },
    });
  }

  async function leaveVendor(): Promise<void> {
    if (vendor !== null) await wire.leave(vendor);
  }

  const down = new Flow({
    ...flowOptions,
    // It comes later.
    from: { pause: () => vendor?.pause(), resume: () => vendor?.resume() },
    pauseAboveBytes: limits.maxBufferedBytes,
    onStall: () => end(RELAY_CLOSE.rateLimited, 'The page does not read what it is sent.'),
  });
  down.open(browser);

  function connect(): Promise<void> {
    return traced('relay connect', { target }, () => requestUpgrade(wire.target, connecting.signal)).then(
      ({ socket, head }) => {
        vendor = new Peer({ socket, head, other: 'server', maxMessageBytes: limits.maxMessageBytesDown, clock });
        if (isEnding) return;
        open(vendor);
      },
      (error: unknown) => finish(error instanceof UpgradeError && error.status !== null ? wire.endForStatus(error.status) : wire.unreachable),
    );
  }

  function open(opened: Peer): void {
    cancelConnectTimeout();
    const connectMs = clock.now() - startedAt;
    metrics.count('relayOpened', { target });
    metrics.observe('upstreamConnect', { target }, connectMs);
    config.log({
      level: 'info',
      event: 'relay-open',
      message: 'The vendor has taken the connection.',
      context: { sessionId: ticket.sessionId, target, host: wire.host, connectMs: Math.round(connectMs) },
    });
    opened.listen(new VendorSide({ vendor: opened, wire, watch, tally, down, finish }));
    if (wire.opening !== null) opened.send(OPCODE.text, wire.opening);
    up.open(opened);
    if (wire.greeting !== null) down.send(encodeMessage(wire.greeting, 'browser'));
    opened.resume();
  }

  const gate = new RateGate(limits.maxMessagesPerSecond, clock);
  browser.listen(new BrowserSide({ browser, limits, gate, wire, watch, tally, up, down, end }));
  const connected = connect();
  if (browser.isOpen()) browser.resume();
  else end(1_000, 'The page went away.');

  return {
    end,
    destroy() {
      end(RELAY_CLOSE.draining, 'The server is restarting. Connect again.');
      browser.destroy();
      vendor?.destroy();
    },
    ended,
  };
}
