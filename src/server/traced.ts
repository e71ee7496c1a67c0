import { SpanStatusCode, trace, type Attributes } from '@opentelemetry/api';

/**
 * Runs work inside a span of the app's OpenTelemetry; without an SDK that costs next to nothing.
 *
 * @param attributes no secret, and nothing that a visitor may choose freely.
 */
export function traced<Value>(name: string, attributes: Attributes, work: () => Promise<Value>): Promise<Value> {
  // Asked for at each call, since the app may register its SDK later than it makes its server.
  return trace.getTracer('visavis').startActiveSpan(`visavis ${name}`, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      // Not the message: it may be the app's own, and hold anything.
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
