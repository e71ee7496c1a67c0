import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import type { Grant, RelayAdmission } from '../../src/grant/grant.js';
import { relaySubprotocols } from '../../src/grant/relayProtocol.js';
import {
  createAvatarHandler,
  createMemoryLedger,
  createRelay,
  toNodeListener,
  type AvatarServerOptions,
  type Relay,
  type ServerLogEntry,
} from '../../src/server.js';
import { frameText } from './frameText.js';
import { startFakeVendor, type FakeVendor } from './fakeVendor.js';

export const ORIGIN = 'https://app.example.com';
export const SECRET = 'a-secret-of-at-least-32-bytes-for-tests';

/** A browser's end of a relay socket, with everything that it ever received. */
export interface Browser {
  readonly socket: WebSocket;
  readonly received: string[];
  readonly opened: Promise<void>;
  readonly closed: Promise<{ code: number; reason: string }>;
  /** Resolves with the first message, past or future, that the predicate likes. */
  until(predicate: (message: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  send(message: unknown): void;
}

export interface ServerHarness {
  readonly vendor: FakeVendor;
  readonly relay: Relay;
  readonly baseUrl: string;
  readonly options: AvatarServerOptions;
  readonly logs: ServerLogEntry[];
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  grant(body?: unknown): Promise<Grant>;
  open(grant: Grant, options?: { origin?: string | null; subprotocols?: string[] }): Browser;
  close(): Promise<void>;
}

/** The avatar's admission to the relay. */
export function admissionOf({ avatar }: Grant): RelayAdmission {
  if (avatar === undefined || avatar.service === 'akool-live') throw new Error('The grant admits to no relay socket of an avatar.');
  return avatar;
}

/** What a server gets unless a test says otherwise: an avatar, no voice. */
type DefaultOptions = AvatarServerOptions & Required<Pick<AvatarServerOptions, 'akool' | 'channel'>>;

export async function startServer(
  adjust: (options: DefaultOptions, vendor: FakeVendor) => Partial<AvatarServerOptions> = () => ({}),
): Promise<ServerHarness> {
  const vendor = await startFakeVendor();
  const logs: ServerLogEntry[] = [];
  const defaults: DefaultOptions = {
    secret: SECRET,
    authorize: (request) => (request.headers.get('authorization') === 'Bearer nobody' ? null : { id: 'ada' }),
    allowedOrigins: [ORIGIN],
    akool: { apiKey: vendor.apiKey, discoveryUrl: vendor.discoveryUrl, defaultAvatarId: 'ava' },
    channel: { kind: 'loopback', url: 'ws://127.0.0.1:9/channel' },
    ledger: createMemoryLedger(),
    log: (entry) => logs.push(entry),
  };
  const options = { ...defaults, ...adjust(defaults, vendor) };
  const relay = createRelay(options);
  const http = createServer(toNodeListener(createAvatarHandler(options)));
  http.on('upgrade', (request, socket, head) => {
    if (!relay.handleUpgrade(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo; // A server that listens on TCP has one.
  const baseUrl = `http://127.0.0.1:${port}/api/avatar`;

  const post: ServerHarness['post'] = (path, body, headers = {}) =>
    fetch(baseUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  return {
    vendor,
    relay,
    baseUrl,
    options,
    logs,
    post,
    async grant(body = {}) {
      const response = await post('/session', body);
      if (response.status !== 201) throw new Error(`No grant: ${response.status} ${await response.text()}`);
      return (await response.json()) as Grant; // The shape is checked by its own test.
    },
    open(grant, { origin = ORIGIN, subprotocols } = {}) {
      const { ticket } = admissionOf(grant);
      const socket = new WebSocket(`ws://127.0.0.1:${port}/api/avatar/relay`, subprotocols ?? relaySubprotocols(ticket), {
        ...(origin === null ? {} : { origin }),
        perMessageDeflate: false,
      });
      return watch(socket);
    },
    async close() {
      await relay.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      await vendor.close();
    },
  };
}

function watch(socket: WebSocket): Browser {
  const received: string[] = [];
  const waiters = new Set<() => void>();
  socket.on('message', (data) => {
    received.push(frameText(data));
    for (const check of waiters) check();
  });
  socket.on('error', () => {});
  const opened = new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  opened.catch(() => {});
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  );
  return {
    socket,
    received,
    opened,
    closed,
    until(predicate) {
      return new Promise((resolve, reject) => {
        const check = (): void => {
          const found = received.map((text) => JSON.parse(text) as Record<string, unknown>).find(predicate); // Test input.
          if (found === undefined) return;
          waiters.delete(check);
          resolve(found);
        };
        waiters.add(check);
        void closed.then(({ code, reason }) => reject(new Error(`Closed before the message came: ${code} ${reason}`)));
        check();
      });
    },
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
  };
}

/** Waits for a condition that no event announces. */
export async function eventually(condition: () => boolean, timeoutMs = 10_000): Promise<void> {
  const giveUpAt = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error(`Never came true: ${condition.toString()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
