import type { ReadableMetrics } from '../../src/server.js';

/** Metrics that can tell everything that they were told. */
export interface RecordingMetrics extends ReadableMetrics {
  text(): string;
  /** The distinct series. */
  series(): ReadonlySet<string>;
}

export function createRecordingMetrics(): RecordingMetrics {
  const series = new Set<string>();
  const note = (name: string, labels: object): void => void series.add(`${name} ${JSON.stringify(labels)}`);
  const text = (): string => [...series].join('\n');
  return {
    count: note,
    observe: note,
    gauge(name) {
      note(name, {});
      return () => undefined;
    },
    read: async () => text(),
    contentType: 'text/plain',
    text,
    series: () => series,
  };
}
