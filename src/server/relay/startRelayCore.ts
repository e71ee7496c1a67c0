import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { RELAY_CLOSE, RELAY_SUBPROTOCOL } from '../../grant/relayProtocol.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import { createPassSealer } from '../tickets/createPassSealer.js';
import { admitBrowser } from './admitBrowser.js';
import { bridge, type Bridge } from './bridge.js';
import { CLOSE_GRACE_MS, closeSocket } from './closeSocket.js';
import { openWire } from './openWire.js';
import { refuseUpgrade } from './refuseUpgrade.js';

export interface RelayCore {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
  readonly connections: number;
}

/** Sockets over the limit that may be told so politely; past that they are refused without a word. */
const POLITE_REFUSALS = 64;
/** How much over the limit a message is still read, so that its sender can be told with a close code of ours. */
const OVERSIZE_GRACE = 2;
const DRAINING = 'The server is restarting. Connect again.';

/** The part of the relay that needs Node. */
export function startRelayCore(config: ServerConfig): RelayCore {
  const tickets = createPassSealer(config.secrets, 'relay', config.clock);
  const serverOptions = {
    noServer: true,
    clientTracking: true,
    // Compression would let a few bytes from a browser become many here.
    perMessageDeflate: false,
    maxPayload: config.limits.maxMessageBytesUp * OVERSIZE_GRACE,
    // The library answers pings without looking whether the answers are read. The bridge does it with a bound.
    autoPong: false,
    // A peer that breaks the protocol, or takes long to hang up, would hold its node for the library's 30 s.
    // In a variable, since the package of types does not know this option yet.
    closeTimeout: CLOSE_GRACE_MS,
    handleProtocols: (offered: Set<string>) => (offered.has(RELAY_SUBPROTOCOL) ? RELAY_SUBPROTOCOL : false),
  } as const;
  const server = new WebSocketServer(serverOptions);
  /** By vendor and session: a composed session has one to the voice and one to the avatar. */
  const bridges = new Map<string, Bridge>();
  let isDraining = false;
  let closing: Promise<void> | null = null;

  async function accept(browser: WebSocket, request: IncomingMessage): Promise<void> {
    // A listener must be there from the start: an `error` without one would end the process.
    browser.on('error', () => {});
    // Nothing is read before the ticket is known to be good. What arrives waits in the kernel.
    browser.pause();
    const refuse = (code: number, reason: string): void => {
      config.log({ level: 'warn', event: 'relay-refuse', message: reason, context: { code } });
      void closeSocket(browser, code, reason, config.clock);
    };
    /** True when there is no room; the browser has then been told. */
    const refuseWhenClosed = (): boolean => {
      if (isDraining) refuse(RELAY_CLOSE.draining, DRAINING);
      else if (bridges.size >= config.limits.maxConnections) refuse(RELAY_CLOSE.rateLimited, 'The server is full. Try again shortly.');
      else return false;
      return true;
    };
    if (refuseWhenClosed()) return;
    const admission = await admitBrowser(config, tickets, browser, request);
    if (!admission.ok) return refuse(admission.code, admission.reason);

    const { ticket } = admission;
    // A browser that reconnects may have left a connection behind that nobody has noticed is dead. Its node holds one
    // session only and could be the node of this ticket, so it is given up first.
    const seat = `${ticket.target} ${ticket.session}`;
    for (let older = bridges.get(seat); older !== undefined; older = bridges.get(seat)) {
      older.end(RELAY_CLOSE.ticketRefused, 'A newer connection of this session took over.');
      await older.ended;
    }
    if (refuseWhenClosed()) return;
    const wire = openWire(config, ticket);
    if (wire === null) return refuse(RELAY_CLOSE.upstreamUnreachable, 'This server does not serve that vendor any more.');
    const current = bridge(config, browser, ticket, wire);
    bridges.set(seat, current);
    void current.ended.then(() => bridges.delete(seat));
  }

  async function drain(): Promise<void> {
    isDraining = true;
    const live = [...bridges.values()];
    for (const current of live) current.end(RELAY_CLOSE.draining, DRAINING);
    await Promise.all(live.map((current) => current.ended));
    const gone = [...server.clients].map((client) => new Promise((resolve) => client.once('close', resolve)));
    for (const client of server.clients) client.terminate();
    await Promise.all(gone);
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  return {
    handleUpgrade(request, socket, head) {
      const origin = request.headers.origin;
      if (origin !== undefined && !config.allowedOrigins.has(origin)) {
        config.log({ level: 'warn', event: 'relay-refuse', message: 'An upgrade from a foreign origin was refused.', context: { code: 403 } });
        return refuseUpgrade(socket, 403);
      }
      if (server.clients.size >= config.limits.maxConnections + POLITE_REFUSALS) return refuseUpgrade(socket, 503);
      server.handleUpgrade(request, socket, head, (browser) => {
        accept(browser, request).catch(() => {
          config.log({ level: 'error', event: 'relay-fail', message: 'A connection could not be checked: does the ledger answer?', context: {} });
          void closeSocket(browser, 1011, 'The server failed. Try again shortly.', config.clock);
        });
      });
    },
    close: () => (closing ??= drain()),
    get connections() {
      return bridges.size;
    },
  };
}
