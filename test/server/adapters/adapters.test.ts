import express from 'express';
import fastify from 'fastify';
import { serve, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createAvatarHandler, toNodeListener, type AvatarHandler } from '../../../src/server.js';
import { ORIGIN, SECRET } from '../serverHarness.js';
import { describeAdapter } from './adapterCases.js';
import { listenOn } from './listenOn.js';

// As in docs/server.md.

describeAdapter('node:http', (handler) => listenOn(toNodeListener(handler)), { hasServer: true });

describeAdapter('Express', (handler) => listenOn(express().use('/api/avatar', toNodeListener(handler))), { hasServer: true });

describeAdapter('Express, behind parsers of JSON and text', (handler) => listenOn(express().use(express.json(), express.text()).use('/api/avatar', toNodeListener(handler))), { hasServer: true });

describeAdapter('Express, behind a parser of bytes', (handler) => listenOn(express().use(express.raw({ type: () => true })).use('/api/avatar', toNodeListener(handler))), { hasServer: true });

describeAdapter('Express, in a router of a router', (handler) => listenOn(express().use('/api', express.Router().use('/avatar', toNodeListener(handler)))), { hasServer: true });

describeAdapter(
  'Fastify',
  async (handler) => {
    const listener = toNodeListener(handler);
    const app = fastify();
    await app.register(async (scope) => {
      // The handler reads the body itself, and bounds it.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
      scope.all('/api/avatar/*', (request, reply) => {
        reply.hijack();
        listener(request.raw, reply.raw);
      });
    });
    const baseUrl = await app.listen({ port: 0, host: '127.0.0.1' });
    return { baseUrl, fetch: (url, init) => fetch(url, init), close: () => app.close() };
  },
  { hasServer: true },
);

describeAdapter(
  'Hono',
  async (handler) => {
    const app = new Hono();
    app.all('/api/avatar/*', (context) => handler(context.req.raw));
    const server = await new Promise<ServerType>((resolve) => {
      const started: ServerType = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started));
    });
    const { port } = server.address() as AddressInfo; // A server that listens on TCP has one.
    return {
      baseUrl: `http://127.0.0.1:${port}`,
      fetch: (url, init) => fetch(url, init),
      async close() {
        if ('closeAllConnections' in server) server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  },
  { hasServer: true },
);

/** As Next.js calls the file of a route: its export by the request's method, with a `Request` and the path's parameters. */
function routeModuleOf(handler: AvatarHandler) {
  let made: AvatarHandler | undefined;
  const handle = (request: Request): Promise<Response> => (made ??= handler)(request);
  return { GET: handle, POST: handle, OPTIONS: handle };
}

describeAdapter(
  'Next.js, App Router',
  async (handler) => {
    const routes: Readonly<Record<string, (request: Request, context: object) => Promise<Response>>> = routeModuleOf(handler);
    return {
      baseUrl: 'http://localhost:3000',
      async fetch(url, init) {
        const request = new Request(url, init);
        const params = Promise.resolve({ path: new URL(url).pathname.split('/').slice(3) });
        return (await routes[request.method]?.(request, { params })) ?? new Response(null, { status: 405 });
      },
      close: () => handler.close(),
    };
  },
  { hasServer: false },
);

it('a body that a framework has read and thrown away is no empty one: the operator is told', async () => {
  const handler = createAvatarHandler({ secret: SECRET, authorize: () => ({ id: 'ada' }), allowedOrigins: [ORIGIN], dve: { apiKey: 'k', assistantId: 'a' } });
  const listener = toNodeListener(handler);
  const mounted = await listenOn((request, response) => void request.resume().on('end', () => listener(request, response)));
  const response = await mounted.fetch(`${mounted.baseUrl}/api/avatar/session`, { method: 'POST', body: '{"voice":{"service":"dve"}}' });
  expect(response.status).toBe(500);
  expect(await response.text()).toContain('before the avatar route');
  expect((await mounted.fetch(`${mounted.baseUrl}/api/avatar/health`)).status).toBe(200);
  await mounted.close();
});
