import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { withTimeout } from '../../clock/withTimeout.js';
import { RELAY_CLOSE, RELAY_SUBPROTOCOL } from '../../grant/relayProtocol.js';
import { randomId } from '../randomId.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import { createPassSealer } from '../tickets/createPassSealer.js';
import { traced } from '../traced.js';
import { admitBrowser, type Admission, type Caller } from './admitBrowser.js';
import { bridge, type Bridge } from './bridge.js';
import { TAKEN_OVER } from './createLedgerBeat.js';
import { createWire } from './createWire.js';
import { refuseUpgrade } from './refuseUpgrade.js';
import { acceptUpgrade } from './websocket/acceptUpgrade.js';
import { Peer } from './websocket/Peer.js';

export interface RelayCore {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
  readonly connections: number;
}

/** Sockets over the limit that may be told so politely; past that they are refused without a word. */
const POLITE_REFUSALS = 64;
const DRAINING = 'The server is restarting. Connect again.';

/** The part of the relay that needs Node. */
export function startRelayCore(config: ServerConfig): RelayCore {
  const { clock, limits, metrics, ledger } = config;
  const tickets = createPassSealer(config.secrets, 'relay', clock);
  /** All that are open, also those that are not admitted or being refused. */
  const browsers = new Set<Duplex>();
  /** By seat: a composed session has one to the voice and one to the avatar. */
  const bridges = new Map<string, Bridge>();
  const stopGauge = metrics.gauge('relayConnections', () => bridges.size);
  let isDraining = false;
  let isClosed = false;
  let closing: Promise<void> | null = null;

  function refuse(browser: Peer, code: number, reason: string): void {
    metrics.count('relayRefused', { code });
    config.log({ level: 'warn', event: 'relay-refuse', message: reason, context: { code } });
    void browser.close(code, reason);
  }

  /** True when there is no room; the browser has then been told. */
  function refuseWhenFull(browser: Peer): boolean {
    if (isDraining) refuse(browser, RELAY_CLOSE.draining, DRAINING);
    else if (bridges.size >= limits.maxConnections) {
      metrics.count('limited', { limit: 'connections' });
      refuse(browser, RELAY_CLOSE.rateLimited, 'The server is full. Try again shortly.');
    } else return false;
    return true;
  }

  async function admit(caller: Caller, connection: string): Promise<Admission> {
    const admission = await admitBrowser(config, tickets, caller);
    // From here on the older connections of this session end, wherever they are.
    if (admission.ok) await ledger.takeSeat(seatOf(admission.ticket), connection, admission.ticket.sessionEndsAt);
    return admission;
  }

  async function accept(browser: Peer, caller: Caller): Promise<void> {
    if (refuseWhenFull(browser)) return;
    const connection = randomId();
    const admitted = traced('relay admit', {}, () => admit(caller, connection));
    const admission = await withTimeout(admitted, clock, config.relayAdmissionTimeoutMs, () => new Error('The ledger did not answer in time.'));
    if (!admission.ok) return refuse(browser, admission.code, admission.reason);

    const { ticket } = admission;
    // A browser that reconnects may have left a connection behind that nobody has noticed is dead. Its node holds one
    // session only and could be the node of this ticket, so it is given up first.
    const seat = seatOf(ticket);
    for (let older = bridges.get(seat); older !== undefined; older = bridges.get(seat)) {
      older.end(RELAY_CLOSE.ticketRefused, TAKEN_OVER);
      await older.ended;
    }
    if (refuseWhenFull(browser)) return;
    const wire = createWire(config, ticket);
    if (wire === null) return refuse(browser, RELAY_CLOSE.upstreamUnreachable, 'This server does not serve that vendor any more.');
    const current = bridge(config, browser, ticket, { name: seat, connection }, wire);
    bridges.set(seat, current);
    void current.ended.then(() => bridges.delete(seat));
  }

  async function drain(): Promise<void> {
    isDraining = true;
    const live = [...bridges.values()];
    for (const current of live) current.end(RELAY_CLOSE.draining, DRAINING);
    const gone = Promise.all(live.map((current) => current.ended));
    const isLate = await new Promise<boolean>((resolve) => {
      const cancel = clock.schedule(() => resolve(true), config.relayDrainTimeoutMs);
      void gone.then(() => {
        cancel();
        resolve(false);
      });
    });
    if (isLate) for (const current of live) current.destroy();
    isClosed = true;
    await Promise.all([...browsers].map((socket) => new Promise((resolve) => socket.once('close', resolve).destroy())));
    stopGauge();
  }

  return {
    handleUpgrade(request, socket, head) {
      const deny = (status: Parameters<typeof refuseUpgrade>[1]): void => {
        metrics.count('relayRefused', { code: status });
        refuseUpgrade(socket, status);
      };
      const origin = request.headers.origin ?? null;
      if (origin !== null && !config.allowedOrigins.has(origin)) {
        config.log({ level: 'warn', event: 'relay-refuse', message: 'An upgrade from a foreign origin was refused.', context: { code: 403 } });
        return deny(403);
      }
      if (isClosed || browsers.size >= limits.maxConnections + POLITE_REFUSALS) return deny(503);
      const answer = acceptUpgrade(request, RELAY_SUBPROTOCOL);
      if (!answer.ok) return deny(answer.status);

      browsers.add(socket);
      socket.once('close', () => browsers.delete(socket));
      const browser = new Peer({ socket, head, other: 'client', maxMessageBytes: limits.maxMessageBytesUp, clock });
      socket.write(answer.head);
      accept(browser, { origin, subprotocols: answer.offered }).catch(() => {
        metrics.count('ledgerFailures', {});
        config.log({ level: 'error', event: 'relay-fail', message: 'A connection could not be checked: does the ledger answer?', context: {} });
        void browser.close(1011, 'The server failed. Try again shortly.');
      });
    },
    close: () => (closing ??= drain()),
    get connections() {
      return bridges.size;
    },
  };
}

function seatOf({ target, session }: { readonly target: string; readonly session: string }): string {
  return `${target} ${session}`;
}
