import type { Registry } from 'prom-client';
import { misconfigured } from '../optionChecks.js';
import { createLabelBound, type LabelBound } from './createLabelBound.js';
import { COUNTERS, DURATIONS, GAUGES } from './serverSeries.js';
import type { ReadableMetrics, ServerGauge } from './ServerMetrics.js';

export interface PrometheusMetricsOptions {
  /** In front of every name. Letters, digits and underscores. Default `visavis_`. */
  readonly prefix?: string;
  /** Adds the figures of the process: CPU, memory, event loop lag, garbage collection. Node only. Default false. */
  readonly processMetrics?: boolean;
  /** Where to add the figures, for an app that shows its own as well: its prom-client `Registry`. Default: one of its own. */
  readonly registry?: Registry;
}

/**
 * Metrics in the format of Prometheus, by prom-client. The series are listed in docs/operating.md.
 *
 * Give one to each server: two servers with the same registry would be two of the same name.
 *
 * @returns metrics for the option `metrics` of `createAvatarHandler` and `createRelay`; `read()` answers them as text.
 * @throws AvatarError `server-misconfigured` for a prefix that no name may begin with.
 * @example
 * ```ts
 * const metrics = await createPrometheusMetrics({ processMetrics: true });
 * const handler = createAvatarHandler({ ...options, metrics, operatorToken: process.env.VISAVIS_OPERATOR_TOKEN ?? '' });
 * ```
 */
export async function createPrometheusMetrics({ prefix = 'visavis_', processMetrics = false, registry: given }: PrometheusMetricsOptions = {}): Promise<ReadableMetrics> {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(prefix)) throw misconfigured('prefix must begin with a letter and hold letters, digits and underscores alone, such as visavis_.');
  // Loaded late: an edge server imports this entry for its handler, and cannot load what reads the process.
  const { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } = (await import('prom-client')).default;
  const registry = given ?? new Registry();
  const registers = [registry];

  const counters = mapped(COUNTERS, ({ name, help, labels }) => {
    const counter = new Counter({ name: prefix + name, help, labelNames: [...labels], registers });
    return { bound: createLabelBound(labels), add: (values: Record<string, string>, by: number) => counter.inc(values, by) };
  });
  const durations = mapped(DURATIONS, ({ name, help, labels, bucketsSeconds }) => {
    const histogram = new Histogram({ name: prefix + name, help, labelNames: [...labels], buckets: [...bucketsSeconds], registers });
    return { bound: createLabelBound(labels), add: (values: Record<string, string>, seconds: number) => histogram.observe(values, seconds) };
  });
  const readers = mapped(GAUGES, () => new Set<() => number>());
  for (const gauge of keysOf(GAUGES)) {
    const { name, help } = GAUGES[gauge];
    // Registers itself; what it shows is asked for when somebody looks.
    new Gauge({ name: prefix + name, help, registers, collect() { this.set(total(readers[gauge])); } });
  }
  if (processMetrics) collectDefaultMetrics({ register: registry, prefix });

  return {
    count: (name, labels, by = 1) => record(counters[name], labels, by),
    observe: (name, labels, durationMs) => record(durations[name], labels, durationMs / 1_000),
    gauge(name: ServerGauge, read) {
      // A reader of its own, even when the same function is given twice.
      const reader = (): number => read();
      readers[name].add(reader);
      return () => void readers[name].delete(reader);
    },
    read: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

interface Recorder {
  readonly bound: LabelBound;
  add(values: Record<string, string>, amount: number): void;
}

/** The library throws for what is no amount, and a figure must never take a session down. */
function record({ bound, add }: Recorder, labels: Readonly<Record<string, string | number>>, amount: number): void {
  if (Number.isFinite(amount) && amount >= 0) add(bound(labels), amount);
}

/** A reader that fails counts as nothing, so that the other figures can still be read. */
function total(readers: ReadonlySet<() => number>): number {
  let sum = 0;
  for (const read of readers) {
    try {
      sum += read();
    } catch {
      continue; // There is nobody to tell but whoever reads the figures, and that one sees the sum.
    }
  }
  return sum;
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  // These objects are constants of ours: they have no keys but those of their type.
  return Object.keys(record) as Key[];
}

function mapped<Key extends string, From, To>(record: Readonly<Record<Key, From>>, map: (value: From) => To): Record<Key, To> {
  // As above: every key of the type is there.
  return Object.fromEntries(keysOf(record).map((key) => [key, map(record[key])])) as Record<Key, To>;
}
