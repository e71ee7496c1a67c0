import { AsyncLocalStorage } from 'node:async_hooks';
import { context, ROOT_CONTEXT, trace, type Context, type ContextManager } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace-base';

export interface SpanCollection {
  /** Those that have ended, the first to end first. */
  spans(): ReadableSpan[];
  stop(): void;
}

/** An app's OpenTelemetry, which keeps what it is told. */
export function collectSpans(): SpanCollection {
  const exporter = new InMemorySpanExporter();
  context.setGlobalContextManager(createContextManager());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  return {
    spans: () => exporter.getFinishedSpans(),
    stop() {
      trace.disable();
      context.disable();
    },
  };
}

/** As the one of OpenTelemetry for Node, which would be a package more for a dozen lines. */
function createContextManager(): ContextManager {
  const storage = new AsyncLocalStorage<Context>();
  const manager: ContextManager = {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (active, work, thisArg, ...args) => storage.run(active, () => work.call(thisArg as ThisParameterType<typeof work>, ...args)), // The port leaves it unknown.
    bind: (_active, target) => target,
    enable: () => manager,
    disable: () => {
      storage.disable();
      return manager;
    },
  };
  return manager;
}
