import type { SoakReport } from './SoakReport.js';

const ROWS = 8;

/** What was held over time, as a table for the documents: a few conversations of each page, and the server at the same moments. */
export function tableOfSoak({ pages, server }: SoakReport): string {
  const head = '| page | after | heap, MB | nodes | listeners | peers | workers | worklets |\n|---|---:|---:|---:|---:|---:|---:|---:|';
  const lines = pages.flatMap(({ name, samples }) =>
    some(samples).map(({ at, sample }) => `| ${name} | ${at + 1} | ${megabytes(sample.heapBytes)} | ${sample.nodes} | ${sample.listeners} | ${sample.peers} | ${sample.workers} | ${sample.worklets} |`),
  );
  const serverHead = '| server, after | heap, MB | sockets | timers |\n|---:|---:|---:|---:|';
  const serverLines = some(server).map(({ at, sample }) => `| ${at + 1} | ${megabytes(sample.heapBytes)} | ${sample.sockets} | ${sample.timers} |`);
  return [head, ...lines, '', serverHead, ...serverLines].join('\n');
}

/** The first and the last, and some at even distances between them. */
function some<Sample>(samples: readonly Sample[]): { readonly at: number; readonly sample: Sample }[] {
  const step = Math.max(1, (samples.length - 1) / (ROWS - 1));
  const places = new Set(Array.from({ length: Math.min(ROWS, samples.length) }, (_, row) => Math.round(row * step)));
  return samples.flatMap((sample, at) => (places.has(at) ? [{ at, sample }] : []));
}

function megabytes(bytes: number): string {
  return (bytes / 1_048_576).toFixed(2);
}
