import type { PageMeasure } from './measurePage.js';
import type { PageSamples, ServerMeasure, SoakReport } from './SoakReport.js';
import { trendOf, type Point, type Trend } from './trendOf.js';

/** The caches of a page fill in its first conversations, those of the server in as many for each page. */
const WARM_UP = 2;
/** A page compiles and optimises its code in these, as the server does: up to 90 KB in each of the first ten conversations, which is no leak. */
const COMPILE_WARM_UP = 12;
/** A run that is too short to let them go by finds what leaks more than that. */
const SHORT_HEAP_BYTES = 163_840;
/** So many standard errors away a slope is hardly chance. */
const CERTAIN = 3;
/** From here on a trend that cannot be told is a complaint too; a shorter run has too few samples. */
const LONG_MINUTES = 30;
const MAX_DRIFT_MS_PER_MINUTE = 1;

interface Limit {
  readonly what: string;
  /** What may be added by a conversation, on the average of all after the first ones. What one object of ours would add lies above it. */
  readonly perConversation: number;
}
const PAGE_HEAP: Limit = { what: 'bytes of heap', perConversation: 16_384 };
const PAGE_LIMITS: Readonly<Record<Exclude<keyof PageMeasure, 'microphones' | 'heapBytes'>, Limit>> = {
  nodes: { what: 'nodes', perConversation: 0.5 },
  listeners: { what: 'listeners', perConversation: 0.25 },
  peers: { what: 'peer connections', perConversation: 0.1 },
  workers: { what: 'workers', perConversation: 0.1 },
  worklets: { what: 'worklet processors', perConversation: 0.1 },
};
const SERVER_LIMITS: Readonly<Record<keyof ServerMeasure, Limit>> = {
  heapBytes: { what: 'bytes of heap', perConversation: 4_096 },
  sockets: { what: 'sockets', perConversation: 0.1 },
  timers: { what: 'timers', perConversation: 0.1 },
};

/** @returns what is wrong with the outcome of a soak, in words; nothing when it is sound. */
export function judgeSoak(report: SoakReport): string[] {
  const isLong = report.minutes >= LONG_MINUTES;
  const { steady } = report;
  const complaints = [...report.failures];
  if (report.pages.length === 0) complaints.push('No page has had a conversation.');
  if (report.leftOpen > 0) complaints.push(`${report.leftOpen} sessions were still open at the vendor after they had ended.`);
  for (const page of report.pages) complaints.push(...judgePage(page, isLong));
  const serverLimits = isLong ? SERVER_LIMITS : { ...SERVER_LIMITS, heapBytes: { ...SERVER_LIMITS.heapBytes, perConversation: SHORT_HEAP_BYTES } };
  complaints.push(...judgeTrends('The server', report.server.slice(WARM_UP * report.pages.length), serverLimits, isLong));
  if (steady.status !== 'live') complaints.push(`The undisturbed session is ${steady.status} at the end.`);
  if (steady.recoveries > 0) complaints.push(`The undisturbed session had to connect again ${steady.recoveries} times.`);
  if (!(steady.lostMs <= 0)) complaints.push(`The undisturbed session lost ${steady.lostMs} ms of speech.`);
  const drift = steady.driftMsPerMinute;
  if (drift) complaints.push(...judgeDrift(drift, isLong));
  else if (isLong) complaints.push('How the speech of the undisturbed session drifts could not be told.');
  return complaints;
}

function judgePage({ name, samples }: PageSamples, isLong: boolean): string[] {
  const complaints = [
    ...judgeTrends(name, samples.slice(WARM_UP), PAGE_LIMITS, isLong),
    ...judgeTrends<'heapBytes'>(name, samples.slice(isLong ? COMPILE_WARM_UP : WARM_UP), { heapBytes: isLong ? PAGE_HEAP : { ...PAGE_HEAP, perConversation: SHORT_HEAP_BYTES } }, isLong),
  ];
  const open = samples.findIndex(({ microphones }) => microphones > 0);
  if (open >= 0) complaints.push(`${name}: a microphone was still on after conversation ${open + 1}.`);
  const last = samples.at(-1);
  // Nothing of them may outlive a conversation, so no trend is needed.
  if (last && last.workers > 0) complaints.push(`${name}: ${last.workers} workers were left.`);
  if (last && last.worklets > 0) complaints.push(`${name}: ${last.worklets} worklet processors were left.`);
  return complaints;
}

function judgeTrends<Name extends string>(name: string, samples: readonly Readonly<Record<Name, number>>[], limits: Readonly<Record<Name, Limit>>, isLong: boolean): string[] {
  // Their own keys, which `Object.keys` forgets.
  return (Object.keys(limits) as Name[]).flatMap((key) => {
    const { what, perConversation } = limits[key];
    const trend = trendOf(samples.map((sample, at): Point => [at, sample[key]]));
    if (!trend) return isLong ? [`${name}: ${samples.length} conversations are too few to tell whether ${what} grow.`] : [];
    const words = `${trend.slope.toFixed(2)} ± ${trend.error.toFixed(2)} with each conversation`;
    if (trend.slope - CERTAIN * trend.error > perConversation) return [`${name}: ${what} grow by ${words}.`];
    // A leak could hide in so much noise.
    if (isLong && Math.max(0, trend.slope) + CERTAIN * trend.error > 4 * perConversation) return [`${name}: whether ${what} grow cannot be told, ${words}.`];
    return [];
  });
}

function judgeDrift({ slope, error }: Trend, isLong: boolean): string[] {
  const words = `${slope.toFixed(2)} ± ${error.toFixed(2)} ms a minute`;
  // A short run is believed only where it is certain; a long one has to show that there is none.
  const certain = isLong ? 0 : CERTAIN * error;
  if (!(Math.abs(slope) - certain <= MAX_DRIFT_MS_PER_MINUTE)) return [`Speech drifted by ${words}.`];
  return isLong && CERTAIN * error > MAX_DRIFT_MS_PER_MINUTE ? [`How speech drifts cannot be told: ${words}.`] : [];
}
