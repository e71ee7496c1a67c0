import { SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';
import { isAbort } from '../errors/abort.js';
import { AvatarError } from '../errors/AvatarError.js';

/**
 * Runs work inside a span of the app's OpenTelemetry; without an SDK that costs next to nothing.
 *
 * Spans that are opened by the work are its children. One that fails says so, and for which of our reasons; that somebody
 * went away is no failure.
 *
 * @param name noun-verb, such as `session-grant`; the span is called `visavis session-grant`.
 * @param attributes no secret, and nothing that a visitor may choose freely.
 */
export function traced<Value>(name: string, attributes: Attributes, work: () => Promise<Value>): Promise<Value> {
  // Asked for at each call, since the app may register its SDK later than it makes its server.
  return trace.getTracer('visavis').startActiveSpan(`visavis ${name}`, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      describeFailure(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The reason and not the message: that may be the app's own, and hold anything. */
function describeFailure(span: Span, error: unknown): void {
  if (isAbort(error)) return void span.setAttribute('visavis.aborted', true);
  span.setStatus({ code: SpanStatusCode.ERROR });
  if (AvatarError.isInstance(error)) span.setAttribute('visavis.reason', error.reason);
}
