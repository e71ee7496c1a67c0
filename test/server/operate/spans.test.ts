import { afterEach, describe, expect, it } from 'vitest';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { admissionOf, ORIGIN, SECRET, startServer, type ServerHarness } from '../serverHarness.js';
import { collectSpans, type SpanCollection } from './collectSpans.js';

let server: ServerHarness;
let collection: SpanCollection;
afterEach(async () => {
  await server.close();
  collection.stop();
});

/** The names of a span and of those above it, the outermost first. */
function pathOf(span: ReadableSpan, all: readonly ReadableSpan[]): string {
  const parent = all.find((candidate) => candidate.spanContext().spanId === span.parentSpanContext?.spanId);
  const name = span.name.replace(/^visavis /, '');
  return parent === undefined ? name : `${pathOf(parent, all)} > ${name}`;
}

describe('spans of a session', () => {
  it('nest from the request to the vendor, and hold no secret', async () => {
    collection = collectSpans();
    server = await startServer();
    const grant = await server.grant();
    const browser = server.open(grant);
    await browser.until(({ type }) => type === 'system');
    browser.socket.close();
    await browser.closed;
    const spans = collection.spans();
    const paths = spans.map((span) => pathOf(span, spans));
    expect(paths).toEqual(expect.arrayContaining(['authorize', 'session-grant', 'session-grant > node-promise', 'session-grant > node-promise > node-discover']));
    expect(paths.filter((path) => /^relay[ -](admit|connect)$/.test(path))).toHaveLength(2);

    const attributes = Object.assign({}, ...spans.map((span) => span.attributes)) as Record<string, unknown>; // What the spans hold.
    expect(Object.keys(attributes).filter((name) => !/^visavis\.[a-z-]+$|^target$/.test(name))).toEqual([]);
    const shown = JSON.stringify(spans.map(({ name, attributes: held, events, status, links }) => ({ name, held, events, status, links })));
    for (const secret of [SECRET, server.vendor.apiKey, admissionOf(grant).ticket, grant.renewal, grant.sessionId, ORIGIN, 'ada', `${server.vendor.port}`]) expect(shown).not.toContain(secret);
  });

  it('say why a session was not granted', async () => {
    collection = collectSpans();
    server = await startServer();
    server.vendor.discovery = () => ({ status: 500, body: 'out of order' });
    expect((await server.post('/session', {})).status).toBe(503);
    const failed = collection.spans().filter(({ attributes }) => attributes['visavis.reason'] === 'discovery-failed');
    expect(failed.map(({ name }) => name)).toEqual(expect.arrayContaining(['visavis node-discover', 'visavis session-grant']));
  });
});
