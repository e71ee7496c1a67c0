import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Random } from './createRandom.js';

/** What happened to one session at the vendor. Times by `performance.now()`. */
export interface WatchedSession {
  /** The room of ours that its avatar was told to come to. */
  readonly room: string;
  readonly openedAtMs: number;
  closedAtMs: number | null;
  /** How often the vendor was asked to close it. */
  closings: number;
  /** How often it said that it did. */
  successes: number;
  /** Whether it was ever asked again while an earlier request to close it was under way. */
  overlapped: boolean;
  closingNow: number;
}

export interface VendorWatch {
  readonly baseUrl: string;
  readonly sessions: ReadonlyMap<string, WatchedSession>;
  close(): Promise<void>;
}

function roomIn(body: string): string {
  const { credentials } = JSON.parse(body) as { credentials?: { agora_channel?: string } }; // Our own server's.
  return credentials?.agora_channel ?? '';
}

/** Stands before the vendor's API, notes what is opened and closed, and lets each answer take its time, so that an instance may die before it comes. */
export async function startVendorWatch(vendorUrl: string, random: Random): Promise<VendorWatch> {
  const sessions = new Map<string, WatchedSession>();

  async function pass(path: string, init: RequestInit, body: string): Promise<{ status: number; text: string }> {
    const isClosing = path.endsWith('/session/close');
    const closed = isClosing ? sessions.get(String((JSON.parse(body) as { id?: unknown }).id)) : undefined; // Our own server's.
    if (closed) {
      closed.overlapped ||= closed.closingNow > 0;
      closed.closings++;
      closed.closingNow++;
    }
    const response = await fetch(vendorUrl + path, init);
    const text = await response.text();
    const { code, data } = JSON.parse(text) as { code: number; data?: { _id?: string } }; // The emulator's.
    if (path.endsWith('/session/create') && data?._id !== undefined)
      sessions.set(data._id, { room: roomIn(body), openedAtMs: performance.now(), closedAtMs: null, closings: 0, successes: 0, overlapped: false, closingNow: 0 });
    if (closed && code === 1000) {
      closed.successes++;
      closed.closedAtMs ??= performance.now();
    }
    await new Promise((resolve) => setTimeout(resolve, random.between(5, 60)));
    if (closed) closed.closingNow--;
    return { status: response.status, text };
  }

  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const { method = 'GET', headers } = request;
      const init = { method, headers: { 'content-type': 'application/json', 'x-api-key': String(headers['x-api-key']) }, ...(method === 'GET' ? {} : { body }) };
      const { status, text } = await pass(request.url ?? '', init, body);
      response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    })().catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // A server that listens on TCP has one.
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    sessions,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
