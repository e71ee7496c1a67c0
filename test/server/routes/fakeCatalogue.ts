import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Query = Readonly<Record<string, string>>;
type Answer = Readonly<Record<string, unknown>> | 'hang';

/** A vendor with lists, and sessions that open and close. */
export interface FakeCatalogue {
  readonly apiKey: string;
  readonly baseUrl: string;
  /** What was asked for, in order: the kind of list and its query. */
  readonly asked: { readonly list: string; readonly query: Query }[];
  /** Ids of sessions that are open. */
  readonly open: Set<string>;
  readonly avatars: Record<string, unknown>[];
  /** Answers in place of the vendor; undefined leaves it to the vendor. What it awaits, the answer waits for. */
  intercept: (list: string, query: Query) => Answer | undefined | Promise<Answer | undefined>;
  close(): Promise<void>;
}

export function avatarEntry(avatarId: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { _id: `record-${avatarId}`, uid: 4711, from: 2, status: 3, available: true, avatar_id: avatarId, name: avatarId, gender: 'Female', voice_id: 'v1', url: 'https://cdn.example.com/a.mp4', thumbnailUrl: 'javascript:alert(1)', team_secret: 'not-for-pages', ...more };
}

const VOICE = { _id: 'x', uid: 4711, voice_id: 'v1', name: 'Alma', gender: 'Female', language: 'English', locale: 'en-US', preview: 'https://cdn.example.com/a.mp3', text: 'not-for-pages', style: ['Calm'], age: [], scenario: [], voice_model_name: 'not-for-pages', support_stream: true };
const KNOWLEDGE = { _id: 'k1', name: 'House rules', prologue: 'not-for-pages', prompt: 'not-for-pages', docs: [{ name: 'a.pdf', url: 'https://cdn.example.com/not-for-pages.pdf', size: 1 }], urls: [] };

export async function startFakeCatalogue(apiKey = 'catalogue-key-58d1'): Promise<FakeCatalogue> {
  let opened = 0;

  function answer(path: string, query: Query): Answer {
    const ok = (data: unknown): Answer => ({ code: 1000, msg: 'OK', data });
    const { page = '1', size = '10' } = query;
    if (path.endsWith('/avatar/list')) return ok({ count: vendor.avatars.length, result: vendor.avatars.slice((Number(page) - 1) * Number(size), Number(page) * Number(size)) });
    if (path.endsWith('/voice/list')) return ok({ count: 1, result: [VOICE] });
    if (path.endsWith('/language/list')) return ok({ lang_list: [{ lang_code: 'en', lang_name: 'English', url: 'https://cdn.example.com/en.svg' }] });
    if (path.endsWith('/knowledge/list')) return ok([KNOWLEDGE]);
    if (path.endsWith('/session/create')) {
      const id = `s${++opened}`;
      vendor.open.add(id);
      return ok({ _id: id, uid: 7, status: 1 });
    }
    if (path.endsWith('/session/close')) return vendor.open.delete(query['id'] ?? '') ? { code: 1000, msg: 'OK' } : { code: 1219, msg: 'closed' };
    return { code: 1008, msg: 'no such thing' };
  }

  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void reply());
    async function reply(): Promise<void> {
      const url = new URL(request.url ?? '', 'http://vendor');
      const posted = chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>); // Test input.
      const query = { ...Object.fromEntries(url.searchParams), ...posted };
      const list = url.pathname.split('/').slice(-2).join('/');
      vendor.asked.push({ list, query });
      const body = request.headers['x-api-key'] === apiKey ? ((await vendor.intercept(list, query)) ?? answer(url.pathname, query)) : { code: 1101, msg: 'illegal token' };
      if (body === 'hang') return;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    }
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo; // A server that listens on TCP has one.
  const vendor: FakeCatalogue = {
    apiKey,
    baseUrl: `http://127.0.0.1:${port}`,
    asked: [],
    open: new Set(),
    avatars: ['ava', 'bob', 'zoe'].map((avatarId) => avatarEntry(avatarId)),
    intercept: () => undefined,
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return vendor;
}
