import type { CDPSession } from 'playwright';

/** What a page holds after its garbage is gone. */
export interface PageMeasure {
  readonly heapBytes: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly peers: number;
  readonly workers: number;
  readonly worklets: number;
  readonly microphones: number;
}

/** Chromium's own names. */
const COUNTERS = { heapBytes: 'JSHeapUsedSize', nodes: 'Nodes', listeners: 'JSEventListeners', peers: 'RTCPeerConnections', workers: 'WorkerGlobalScopes', worklets: 'AudioWorkletProcessors' } as const;

/** @param openMicrophones as the page counts them. */
export async function measurePage(devtools: CDPSession, openMicrophones: number): Promise<PageMeasure> {
  // Once for what is garbage, once for what that held.
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  function read(name: string): number {
    const metric = metrics.find((each) => each.name === name);
    // What is not counted would look as if it never grew.
    if (!metric) throw new Error(`This Chromium does not count ${name}.`);
    return metric.value;
  }
  return {
    heapBytes: read(COUNTERS.heapBytes),
    nodes: read(COUNTERS.nodes),
    listeners: read(COUNTERS.listeners),
    peers: read(COUNTERS.peers),
    workers: read(COUNTERS.workers),
    worklets: read(COUNTERS.worklets),
    microphones: openMicrophones,
  };
}
