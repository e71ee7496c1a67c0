import type { PageMeasure } from './measurePage.js';
import type { SoakReport } from './soak.js';

/** A page's heap may grow by so much from the second conversation to the last; what a leak adds with each goes beyond it. */
const HEAP_GROWTH = 1.15;
const HEAP_ROOM_BYTES = 2 * 1_048_576;
const SERVER_GROWTH = 1.25;
const MAX_DRIFT_MS_PER_MINUTE = 1;

/** @returns what is wrong with the outcome of a soak, in words; nothing when it is sound. */
export function judgeSoak(report: SoakReport): string[] {
  const complaints = [...report.failures];
  if (report.leftOpen > 0) complaints.push(`${report.leftOpen} sessions were still open at the vendor after they had ended.`);
  for (const { name, first, last } of report.pages) complaints.push(...judgePage(name, first, last));
  const { firstBytes, lastBytes } = report.server;
  if (lastBytes > firstBytes * SERVER_GROWTH + HEAP_ROOM_BYTES) complaints.push(`The server's heap grew from ${firstBytes} to ${lastBytes} bytes.`);
  if (report.undisturbedLostMs > 0) complaints.push(`The undisturbed session lost ${report.undisturbedLostMs} ms of speech.`);
  if (report.minutes >= 10 && (report.driftMsPerMinute === null || Math.abs(report.driftMsPerMinute) > MAX_DRIFT_MS_PER_MINUTE)) {
    complaints.push(`Speech drifted by ${String(report.driftMsPerMinute)} ms a minute.`);
  }
  return complaints;
}

function judgePage(name: string, first: PageMeasure, last: PageMeasure): string[] {
  const complaints: string[] = [];
  if (last.microphones > 0) complaints.push(`${name}: ${last.microphones} microphones are still on.`);
  if (last.workers > first.workers) complaints.push(`${name}: workers grew from ${first.workers} to ${last.workers}.`);
  if (last.worklets > first.worklets) complaints.push(`${name}: worklet processors grew from ${first.worklets} to ${last.worklets}.`);
  if (last.listeners > first.listeners * HEAP_GROWTH + 20) complaints.push(`${name}: listeners grew from ${first.listeners} to ${last.listeners}.`);
  if (last.nodes > first.nodes * HEAP_GROWTH + 100) complaints.push(`${name}: nodes of the document grew from ${first.nodes} to ${last.nodes}.`);
  if (last.heapBytes > first.heapBytes * HEAP_GROWTH + HEAP_ROOM_BYTES) complaints.push(`${name}: the heap grew from ${first.heapBytes} to ${last.heapBytes} bytes.`);
  return complaints;
}
