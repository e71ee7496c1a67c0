import { SpanStatusCode } from '@opentelemetry/api';
import { afterEach, describe, expect, it } from 'vitest';
import { AvatarError } from '../../../src/server.js';
import { traced } from '../../../src/server/traced.js';
import { collectSpans, type SpanCollection } from './collectSpans.js';

let collection: SpanCollection | null = null;
afterEach(() => collection?.stop());

describe('work in spans', () => {
  it('runs without any OpenTelemetry', async () => {
    expect(await traced('session-grant', {}, async () => 5)).toBe(5);
    await expect(traced('session-grant', {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('nests what is opened inside, also beside each other and after an await', async () => {
    collection = collectSpans();
    await traced('session-grant', { 'visavis.service': 'akool-streaming' }, async () => {
      await Promise.resolve();
      await Promise.all([traced('discovery', {}, async () => 1), traced('authorize', {}, async () => 2)]);
    });
    const [discovery, authorize, grant] = collection.spans();
    expect([discovery, authorize, grant].map((span) => span?.name)).toEqual(['visavis discovery', 'visavis authorize', 'visavis session-grant']);
    expect(discovery?.parentSpanContext?.spanId).toBe(grant?.spanContext().spanId);
    expect(authorize?.parentSpanContext?.spanId).toBe(grant?.spanContext().spanId);
    expect(grant?.parentSpanContext).toBeUndefined();
    expect(grant?.attributes).toEqual({ 'visavis.service': 'akool-streaming' });
    expect(grant?.status.code).toBe(SpanStatusCode.UNSET);
  });

  it('says that work failed and why, but not in whose words', async () => {
    collection = collectSpans();
    const secret = 'key-of-the-vendor';
    const failing = (error: Error): Promise<unknown> => traced('discovery', {}, () => Promise.reject(error)).catch(() => null);
    await failing(new AvatarError('discovery-failed', { message: secret }));
    await failing(new Error(secret));
    await failing(new DOMException(secret, 'AbortError'));
    const shown = collection.spans().map(({ status, attributes, events }) => ({ status, attributes, events }));
    expect(shown).toEqual([
      { status: { code: SpanStatusCode.ERROR }, attributes: { 'visavis.reason': 'discovery-failed' }, events: [] },
      { status: { code: SpanStatusCode.ERROR }, attributes: {}, events: [] },
      { status: { code: SpanStatusCode.UNSET }, attributes: { 'visavis.aborted': true }, events: [] },
    ]);
  });

  it('finds an OpenTelemetry that comes later than the server', async () => {
    const work = (): Promise<number> => traced('discovery', {}, async () => 1);
    await work();
    collection = collectSpans();
    await work();
    expect(collection.spans()).toHaveLength(1);
  });
});
