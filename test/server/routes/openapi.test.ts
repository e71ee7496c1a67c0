// OpenAPI 3.1: https://spec.openapis.org/oas/v3.1.0
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createOpenApiDocument } from '../../../src/server.js';
import { ROUTES } from '../../../src/server/handler/routeTable.js';
import { startRoutes, type RoutesHarness } from './routesHarness.js';

const document = createOpenApiDocument();
const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })));

/** All values under a key, anywhere in the document. */
function valuesOf(key: string, within: unknown): unknown[] {
  if (typeof within !== 'object' || within === null) return [];
  return Object.entries(within).flatMap(([name, value]) => [...(name === key ? [value] : []), ...valuesOf(key, value)]);
}

/** What a reference of this document points at. */
function resolve(ref: string): unknown {
  expect(ref).toMatch(/^#\//);
  return ref.slice(2).split('/').reduce<unknown>((within, name) => (typeof within === 'object' && within !== null ? (within as Record<string, unknown>)[name] : undefined), document); // Read step by step.
}

/** A component's schema with all that it refers to, as a schema of zod's. */
function schemaOf(name: string): z.ZodType {
  const $defs = JSON.parse(JSON.stringify(document.components.schemas).replaceAll('#/components/schemas/', '#/$defs/')) as Record<string, object>; // Made of an object.
  return z.fromJSONSchema({ ...$defs[name], $defs } as Parameters<typeof z.fromJSONSchema>[0]); // What is wrong in it, this throws.
}

describe('the OpenAPI document', () => {
  it('is the one in docs/openapi.json', async () => {
    // To renew it: npx vitest run --project node -u test/server/routes/openapi.test.ts
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot('../../../docs/openapi.json');
  });

  it('describes every route, by the method that it takes', () => {
    expect(Object.fromEntries(operations.map(({ path, method }) => [path, method.toUpperCase()]))).toEqual(ROUTES);
  });

  it('has the parts that OpenAPI requires, and names that are there once', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document).sort()).toEqual(['components', 'info', 'openapi', 'paths', 'servers']);
    for (const name of Object.keys(document.components.schemas)) expect(name).toMatch(/^[\w.-]+$/);
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, method, summary, responses, security } of operations) {
      expect(path).toMatch(/^\/[\w./]+$/);
      expect(['get', 'post']).toContain(method);
      expect(summary).not.toBe('');
      expect(Object.keys(responses).length).toBeGreaterThan(1);
      for (const [status, response] of Object.entries(responses)) {
        expect(status).toMatch(/^[2345]\d\d$/);
        expect(response['description']).toEqual(expect.any(String));
      }
      for (const scheme of security.flatMap((wanted) => Object.keys(wanted))) expect(document.components.securitySchemes).toHaveProperty(scheme);
    }
  });

  it('refers to nothing that is not there, and to everything that is', () => {
    const refs = valuesOf('$ref', document).map(String);
    for (const ref of refs) expect(resolve(ref), ref).toEqual(expect.any(Object));
    const inner = new Set(['Session', 'Avatar', 'Voice', 'Language', 'Knowledge']);
    for (const name of Object.keys(document.components.schemas)) expect(refs.includes(`#/components/schemas/${name}`) || inner.has(name), name).toBe(true);
    for (const name of Object.keys(document.components.headers)) expect(refs, name).toContain(`#/components/headers/${name}`); // A record.
  });

  it('has schemas of JSON Schema alone, with patterns that compile', () => {
    for (const name of Object.keys(document.components.schemas)) expect(() => schemaOf(name)).not.toThrow();
    for (const pattern of valuesOf('pattern', document)) expect(() => new RegExp(String(pattern), 'u')).not.toThrow();
    expect([...valuesOf('$schema', document), ...valuesOf('$id', document)]).toEqual([]);
  });

  it('says of each body and parameter what the handler checks', () => {
    const { SessionRequest, EndOwnRequest } = document.components.schemas;
    expect(SessionRequest).toMatchObject({ properties: { sessionId: { pattern: '^[A-Za-z0-9_-]{1,64}$' }, mode: { enum: ['retelling', 'dialogue'] } } });
    expect(EndOwnRequest).toMatchObject({ required: ['sessionId'] });
    expect(document.paths['/catalogue/avatars']?.['get']?.parameters).toContainEqual({ name: 'size', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 } });
    expect(document.paths['/session']?.['post']?.responses).toMatchObject({ 429: { headers: { 'Retry-After': expect.any(Object) } }, 503: {}, 415: {}, 413: {} });
  });
});

describe('what the handler answers is as the document says:', () => {
  let server: RoutesHarness;
  afterEach(() => server.close());

  /** Checks status, headers and body against the document. */
  async function check(path: string, response: Response): Promise<unknown> {
    const route = path.replace(/\?.*/, '');
    const answer = Object.values(document.paths[route] ?? {})[0]?.responses[response.status];
    expect(answer, `${path} ${response.status}`).toBeDefined();
    for (const name of Object.keys((answer?.['headers'] ?? {}))) expect(response.headers.has(name), `${path} ${response.status} ${name}`).toBe(true); // A record.
    const text = await response.text();
    const [ref] = valuesOf('$ref', answer?.['content']);
    if (answer?.['content'] === undefined) expect(text).toBe('');
    if (ref === undefined || text === '') return undefined;
    const body: unknown = JSON.parse(text);
    schemaOf(String(ref).split('/').at(-1) ?? '').parse(body);
    return body;
  }

  it('a session from its grant to its end, the lists, and refusals of every kind', async () => {
    server = await startRoutes(() => ({ catalogue: { knowledge: true }, limits: { maxReadsPerMinute: 20 } }));
    const { get, post } = server;
    const { renewal } = (await check('/session', await post('/session', { sessionId: 'mine' }))) as { renewal: string }; // Checked by its schema.
    await check('/session/renew', await post('/session/renew', { renewal, needs: 'channel' }));
    await check('/session/keep', await post('/session/keep', { renewal }));
    await check('/sessions', await get('/sessions'));
    for (const list of ['avatars', 'voices?size=3', 'languages', 'knowledge']) await check(`/catalogue/${list}`, await get(`/catalogue/${list}`));
    await check('/catalogue/voices', await get('/catalogue/voices?size=x'));
    await check('/sessions/end', await post('/sessions/end', { sessionId: 'mine' }));
    await check('/session/renew', await post('/session/renew', { renewal }));
    await check('/session/end', await post('/session/end', { renewal }));
    await check('/session/end', await post('/session/end', { renewal: 'forged' }));
    for (const path of ['/health', '/ready', '/metrics', '/openapi.json']) await check(path, await get(path));
    for (const path of ['/session', '/sessions', '/sessions/end', '/session/keep', '/catalogue/avatars']) {
      const ask = path.startsWith('/catalogue') || path === '/sessions' ? get : (at: string, headers?: Record<string, string>) => post(at, {}, headers);
      await check(path, await ask(path, { 'x-user': 'nobody' }));
      await check(path, await ask(path, { origin: 'https://evil.example.com' }));
      await check(path, ask === get ? await post(path, {}) : await get(path));
    }
    await check('/session', await post('/session', { voice: 5 }));
    await check('/session', await post('/session', {}, { 'content-type': 'multipart/form-data' }));
    await check('/session', await post('/session', { reason: 'x'.repeat(20_000) }));
    for (let n = 0; n < 20; n++) await get('/sessions');
    await check('/sessions', await get('/sessions'));
  });

  it('names the place where it was asked for', async () => {
    server = await startRoutes();
    const response = await server.get('/openapi.json');
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(createOpenApiDocument({ serverUrl: '/api/avatar' }))));
    expect((await server.get('/openapi.json', { 'if-none-match': response.headers.get('etag') ?? '' })).status).toBe(304);
  });
});
