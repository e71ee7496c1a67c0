import type { Socket } from 'node:net';
import { expect } from 'vitest';
import type { Grant } from '../../src/grant/grant.js';
import { createMemoryLedger, type AvatarServerOptions } from '../../src/server.js';
import { systemServerClock } from '../../src/server/serverClock.js';
import { startFakeLiveVendor, type FakeLiveVendor } from '../server/fakeLiveVendor.js';
import { eventually, ORIGIN, SECRET, startServer, type Browser, type ServerHarness } from '../server/serverHarness.js';
import { createRecordingMetrics, type RecordingMetrics } from './createRecordingMetrics.js';
import { createWitness, type Witness } from './createWitness.js';
import { startFakeVoice, type FakeVoice } from './startFakeVoice.js';

export const AGORA = { kind: 'agora', appId: 'a1'.repeat(16), certificate: 'c0ffee11'.repeat(4) } as const;
export const OPERATOR_TOKEN = 'operator-token-4be1c07f22d9';

/** After so long discovery is asked anew. */
export const DISCOVERY_FRESH_MS = 2_000;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The reason of a refusal; null when it is none. */
  readonly reason: string | null;
}

export interface Ask {
  readonly method?: string;
  /** Whose bearer token is shown; null for none. Default: mallory's. */
  readonly user?: string | null;
  readonly body?: unknown;
  /** Null takes a header away. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly signal?: AbortSignal;
}

/** A server with every part and all of its secrets, whose answers are watched. */
export interface Target extends Pick<ServerHarness, 'vendor' | 'relay' | 'baseUrl' | 'options' | 'logs'> {
  readonly live: FakeLiveVendor;
  readonly voice: FakeVoice;
  readonly metrics: RecordingMetrics;
  readonly witness: Witness;
  readonly port: number;
  /** Connections of attackers, which are cut before the honest come. */
  readonly attackers: Set<Socket>;
  ask(path: string, ask?: Ask): Promise<Answer>;
  /** @throws when it is refused. */
  grant(user: string, body?: unknown): Promise<Grant>;
  /** A page that opens a relay socket, as a browser would. */
  open(ticket: string, options?: { readonly origin?: string | null; readonly subprotocols?: string[] }): Browser;
  /** Moves the time on; what is scheduled stays where it is. */
  advance(ms: number): void;
  /** Whether an honest user still gets all that there is, and nothing has leaked. */
  expectUnharmed(): Promise<void>;
  close(): Promise<void>;
}

export const SET_PARAMS = { v: 2, type: 'command', mid: 'p1', pld: { cmd: 'set-params', data: { vid: '', lang: 'en', mode: 3, bgurl: '' } } };
export const isSystem = (message: Record<string, unknown>): boolean => message['type'] === 'system';

/** The bearer token says who it is; without one, nobody is let in. */
function authorize(request: Request): { id: string } | null {
  const id = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
  return id === undefined ? null : { id };
}

export async function startTarget(adjust: (defaults: AvatarServerOptions) => Partial<AvatarServerOptions> = () => ({})): Promise<Target> {
  const [live, voice, metrics] = [await startFakeLiveVendor(), await startFakeVoice(), createRecordingMetrics()];
  let offsetMs = 0;
  const clock = { ...systemServerClock, now: () => systemServerClock.now() + offsetMs, epochMs: () => Date.now() + offsetMs };
  const server = await startServer((defaults) => {
    const options: AvatarServerOptions = {
      ...defaults,
      authorize,
      clock,
      metrics,
      operatorToken: OPERATOR_TOKEN,
      channel: AGORA,
      // One node serves all: what an attacker was promised must not stand in the way of the next.
      ledger: { ...createMemoryLedger({ clock }), reserveNode: async () => true },
      akoolLive: { apiKey: live.apiKey, baseUrl: live.baseUrl, defaultAvatarId: 'ava' },
      dve: { apiKey: voice.apiKey, url: voice.url, assistantId: 'asst-1' },
      limits: { maxGrantsPerMinute: 10_000, maxSessionsPerSubject: 1_000 },
    };
    return { ...options, ...adjust(options) };
  });
  const { vendor, relay, logs, baseUrl } = server;
  const healthy = { discovery: vendor.discovery, onSocket: vendor.onSocket, onMessage: vendor.onMessage };
  const witness = createWitness({
    secrets: [SECRET, vendor.apiKey, live.apiKey, voice.apiKey, AGORA.certificate, OPERATOR_TOKEN],
    addresses: () => [`127.0.0.1:${vendor.port}`, live.chatBase, new URL(live.baseUrl).host, new URL(voice.url).host],
    // The avatar's tokens are random: what the vendors were sent tells them.
    publisherTokens: () => [...vendor.sockets.flatMap(({ received }) => received), ...live.calls.map(({ body }) => JSON.stringify(body))].flatMap((text) => text.match(/007[\w+/=]{60,}/g) ?? []),
    internal: () => [JSON.stringify(logs), metrics.text()],
  });
  const pages: Browser[] = [];
  const attackers = new Set<Socket>();
  const cutAll = (): void => {
    for (const { socket } of pages) socket.terminate();
    for (const socket of attackers) socket.destroy();
  };

  async function ask(path: string, { method = 'POST', user = 'mallory', body, headers = {}, signal }: Ask = {}): Promise<Answer> {
    const all: Record<string, string | null> = { 'content-type': 'application/json', origin: ORIGIN, authorization: user === null ? null : `Bearer ${user}`, ...headers };
    const response = await fetch(baseUrl + path, {
      method,
      redirect: 'manual',
      headers: Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value] as [string, string]])),
      ...(body === undefined || method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    const text = await response.text();
    witness.answered(text, [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n'));
    return { status: response.status, headers: response.headers, text, reason: reasonOf(text) };
  }

  const target: Target = {
    vendor, relay, baseUrl, logs, live, voice, metrics, witness, attackers, ask,
    options: server.options,
    port: Number(new URL(baseUrl).port),
    async grant(user, body = {}) {
      const { status, text } = await ask('/session', { user, body });
      if (status !== 201) throw new Error(`No grant: ${status} ${text}`);
      return witness.issued(JSON.parse(text) as Grant); // Its shape is checked elsewhere.
    },
    open(ticket, options = {}) {
      const page = server.open({ version: 1, sessionId: '', expiresAt: 0, avatar: { service: 'akool-streaming', avatarId: '', url: '', ticket, ticketExpiresAt: 0 } }, options);
      pages.push(page);
      void page.closed.then(({ reason }) => witness.answered(reason));
      page.socket.on('message', (data) => witness.answered(String(data)));
      return page;
    },
    advance: (ms) => void (offsetMs += ms),
    async expectUnharmed() {
      Object.assign(vendor, healthy, { upgradeStatus: null, holdUpgrades: false });
      Object.assign(live, { intercept: () => undefined });
      cutAll();
      await eventually(() => relay.connections === 0);
      target.advance(DISCOVERY_FRESH_MS);
      await server.options.ledger?.reportNode(`127.0.0.1:${vendor.port}`, { kind: 'success', latencyMs: 1 });
      const grant = await target.grant('honest-user');
      const page = target.open(grant.avatar && 'ticket' in grant.avatar ? grant.avatar.ticket : '');
      page.socket.once('open', () => page.send(SET_PARAMS));
      await page.until((message) => isSystem(message) && JSON.stringify(message).includes('agora_connected'));
      expect((await ask('/session/end', { user: null, body: { renewal: grant.renewal } })).status).toBe(204);
      page.socket.close();
      await eventually(() => relay.connections === 0);
      expect(witness.leaks()).toEqual([]);
    },
    async close() {
      cutAll();
      await server.close();
      await Promise.all([live.close(), voice.close()]);
      expect(relay.connections).toBe(0);
    },
  };
  return target;
}

function reasonOf(text: string): string | null {
  try {
    const { error } = JSON.parse(text) as { error?: { reason?: string } }; // Any JSON at all may come.
    return error?.reason ?? null;
  } catch {
    return null; // No JSON, so no refusal of ours.
  }
}
