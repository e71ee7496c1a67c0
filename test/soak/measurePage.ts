import type { CDPSession } from 'playwright';

/** What a page holds after its garbage is gone. */
export interface PageMeasure {
  readonly heapBytes: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly workers: number;
  readonly worklets: number;
  readonly microphones: number;
}

const COUNTERS = { nodes: 'Nodes', listeners: 'JSEventListeners', workers: 'WorkerGlobalScopes', worklets: 'AudioWorkletProcessors' } as const;

/** @param openMicrophones as the page counts them. */
export async function measurePage(devtools: CDPSession, openMicrophones: number): Promise<PageMeasure> {
  // Once for what is garbage, once for what that held.
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const read = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return {
    heapBytes: read('JSHeapUsedSize'),
    nodes: read(COUNTERS.nodes),
    listeners: read(COUNTERS.listeners),
    workers: read(COUNTERS.workers),
    worklets: read(COUNTERS.worklets),
    microphones: openMicrophones,
  };
}
