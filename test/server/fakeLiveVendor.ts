import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { frameText } from './frameText.js';

/** One session as the vendor knows it. */
export interface LiveVendorSession {
  readonly id: string;
  readonly api: 'v3' | 'v4';
  /** What it was created with. */
  readonly body: Readonly<Record<string, unknown>>;
  status: 1 | 2 | 3 | 4;
  isClosed: boolean;
}

export interface LiveVendorCall {
  /** The end of the path, such as `create`. */
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
}

type Answer = Readonly<Record<string, unknown>> | 'hang';

/** A small vendor of hosted sessions, which remembers what was asked of it, and the chat rooms of version 3. */
export interface FakeLiveVendor {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly sessions: LiveVendorSession[];
  readonly calls: LiveVendorCall[];
  /** How many were open at the same time, at most. */
  readonly mostOpen: number;
  /** Sessions that are open. */
  open(): LiveVendorSession[];
  /** Answers a call in place of the vendor; undefined leaves it to the vendor. What it awaits, the call waits for. */
  intercept: (call: LiveVendorCall) => Answer | undefined | Promise<Answer | undefined>;
  /** Where chat rooms are said to be. Default: here. */
  chatBase: string;
  /** Left out of what detail answers. */
  hidesCredentials: boolean;
  readonly chats: { readonly socket: WebSocket; readonly path: string; readonly headers: IncomingMessage['headers']; readonly received: string[] }[];
  close(): Promise<void>;
}

export const ROOM_TOKEN = 'vendor-room-token-58c1';

export async function startFakeLiveVendor(apiKey = 'live-key-91d4e7'): Promise<FakeLiveVendor> {
  let mostOpen = 0;
  const open = () => vendor.sessions.filter(({ isClosed }) => !isClosed);
  const credentials = (id: string) => ({ agora_uid: 77, agora_app_id: 'vendor-app', agora_channel: `room-${id}`, agora_token: ROOM_TOKEN });

  function add(api: 'v3' | 'v4', body: Readonly<Record<string, unknown>>): LiveVendorSession {
    const session: LiveVendorSession = { id: `vs${vendor.sessions.length + 1}`, api, body, status: 1, isClosed: false };
    vendor.sessions.push(session);
    mostOpen = Math.max(mostOpen, open().length);
    return session;
  }

  function describe({ id, status, body, api }: LiveVendorSession, withCredentials = true): Readonly<Record<string, unknown>> {
    const room = api === 'v4' ? (body['credentials'] ?? credentials(id)) : credentials(id);
    return { code: 1000, msg: 'OK', data: { _id: id, uid: 77, type: 4, status, stream_type: 'agora', ...(withCredentials ? { credentials: room } : {}) } };
  }

  function answer({ name, body }: LiveVendorCall, path: string): Readonly<Record<string, unknown>> {
    const session = vendor.sessions.find(({ id }) => id === body['id']);
    switch (name) {
      case 'create': {
        if (path.includes('/v4/')) return describe(add('v4', body));
        const { id } = add('v3', body);
        const { agora_uid: _uid, ...room } = credentials(id);
        const urls = { client_chat_room_url: `${vendor.chatBase}/client_${id}.chat`, server_chat_room_url: `${vendor.chatBase}/server_${id}.chat` };
        return { code: 1000, msg: 'OK', data: { _id: id, uid: 77, status: 1, task_id: 't', stream_urls: { ...urls, ...room } } };
      }
      case 'detail':
        if (!session) return { code: 1216, msg: 'no such session' };
        return session.isClosed ? { code: 1219, msg: 'closed' } : describe(session, !vendor.hidesCredentials);
      case 'close':
        if (!session) return { code: 1216, msg: 'no such session' };
        if (session.isClosed) return { code: 1219, msg: 'closed' };
        session.isClosed = true;
        return { code: 1000, msg: 'OK' };
      default:
        return { code: 1008, msg: `no ${name}` };
    }
  }

  const rooms = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void reply());
    async function reply(): Promise<void> {
      const url = new URL(request.url ?? '', 'http://vendor');
      const posted = chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>); // Test input.
      const call: LiveVendorCall = { name: url.pathname.split('/').at(-1) ?? '', body: { ...Object.fromEntries(url.searchParams), ...posted } };
      vendor.calls.push(call);
      const isOurs = request.headers['x-api-key'] === apiKey;
      const body = isOurs ? ((await vendor.intercept(call)) ?? answer(call, url.pathname)) : { code: 1101, msg: 'illegal token' };
      if (body === 'hang') return;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    }
  });
  http.on('upgrade', (request, stream, head) => {
    rooms.handleUpgrade(request, stream, head, (socket) => {
      const received: string[] = [];
      socket.on('error', () => {});
      socket.on('message', (data) => received.push(frameText(data)));
      vendor.chats.push({ socket, path: request.url ?? '', headers: request.headers, received });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo; // A server that listens on TCP has one.

  const vendor: FakeLiveVendor = {
    apiKey,
    baseUrl: `http://127.0.0.1:${port}`,
    sessions: [],
    calls: [],
    get mostOpen() {
      return mostOpen;
    },
    open,
    intercept: () => undefined,
    chatBase: `ws://127.0.0.1:${port}/chat`,
    hidesCredentials: false,
    chats: [],
    async close() {
      for (const client of rooms.clients) client.terminate();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return vendor;
}
