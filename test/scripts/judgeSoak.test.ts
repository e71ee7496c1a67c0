import { describe, expect, it } from 'vitest';
import { createRandom } from '../fuzz/mutators/createRandom.js';
import { judgeSoak } from '../soak/judgeSoak.js';
import type { PageMeasure } from '../soak/measurePage.js';
import type { ServerMeasure, SoakReport } from '../soak/SoakReport.js';
import { tableOfSoak } from '../soak/tableOfSoak.js';
import { trendOf } from '../soak/trendOf.js';

const PAGE: PageMeasure = { heapBytes: 5_000_000, nodes: 200, listeners: 170, peers: 0, workers: 0, worklets: 0, microphones: 0 };
const SERVER: ServerMeasure = { heapBytes: 40_000_000, sockets: 3, timers: 6 };
const CONVERSATIONS = 40;

/** Noise as garbage collection leaves it, the same in each run. */
const noise = (at: number, of: number): number => createRandom(7, at).below(2 * of) - of;

/** An hour on one page, of which each conversation adds what is given. */
function hour({ page = {}, server = {}, conversations = CONVERSATIONS, minutes = 60 }: { page?: Partial<PageMeasure>; server?: Partial<ServerMeasure>; conversations?: number; minutes?: number } = {}): SoakReport {
  const at = Array.from({ length: conversations }, (_, index) => index);
  const grown = <Measure extends PageMeasure | ServerMeasure>(first: Measure, added: Partial<Measure>, index: number, noiseBytes: number): Measure => {
    const sums = Object.entries(first).map(([name, value]: [string, number]) => [name, value + Math.floor(index * ((added as Record<string, number>)[name] ?? 0))]); // numbers alone
    return { ...first, ...Object.fromEntries(sums), heapBytes: first.heapBytes + index * (added.heapBytes ?? 0) + noise(index, noiseBytes) };
  };
  return {
    minutes,
    conversations,
    leftOpen: 0,
    failures: [],
    pages: [{ name: 'puppet', samples: at.map((index) => grown(PAGE, page, index, 30_000)) }],
    server: at.map((index) => grown(SERVER, server, index, 30_000)),
    steady: { status: 'live', lostMs: 0, recoveries: 0, driftMsPerMinute: { slope: 0.1, error: 0.05 } },
  };
}

describe('the judgement of a soak', () => {
  it('has nothing to say about an hour in which nothing grew', () => {
    expect(judgeSoak(hour())).toEqual([]);
  });

  it('forgives a page the caches of its first conversations', () => {
    const report = hour();
    const [page] = report.pages;
    const samples = page?.samples.map((sample, at) => (at < 2 ? { ...sample, heapBytes: 1_000_000, nodes: 10, listeners: 5 } : sample)) ?? [];
    expect(judgeSoak({ ...report, pages: [{ name: 'puppet', samples }] })).toEqual([]);
  });

  it('forgives a page the code that it compiles in its first conversations, and what leaks more than that in a short run not', () => {
    const report = hour();
    const samples = report.pages[0]?.samples.map((sample, at) => ({ ...sample, heapBytes: sample.heapBytes + 80_000 * Math.min(at, 12) })) ?? [];
    expect(judgeSoak({ ...report, pages: [{ name: 'puppet', samples }] })).toEqual([]);
    expect(judgeSoak({ ...report, minutes: 2, pages: [{ name: 'puppet', samples: samples.slice(0, 10) }] })).toEqual([]);
    expect(judgeSoak(hour({ page: { heapBytes: 230_000 }, conversations: 8, minutes: 2 })).join()).toContain('puppet: bytes of heap grow by');
  });

  it.each([
    ['bytes of heap', { heapBytes: 30_000 }],
    ['nodes', { nodes: 1 }],
    ['listeners', { listeners: 1 }],
    ['listeners', { listeners: 0.5 }],
    ['peer connections', { peers: 1 }],
    ['workers', { workers: 1 }],
    ['worklet processors', { worklets: 1 }],
  ])('finds that a page keeps more %s with each conversation: %j', (what, page) => {
    expect(judgeSoak(hour({ page })).join('\n')).toContain(`puppet: ${what} grow by`);
  });

  it.each([
    ['bytes of heap', { heapBytes: 10_000 }],
    ['sockets', { sockets: 1 }],
    ['timers', { timers: 0.5 }],
  ])('finds that the server keeps more %s with each conversation: %j', (what, server) => {
    expect(judgeSoak(hour({ server })).join('\n')).toContain(`The server: ${what} grow by`);
  });

  it('finds a leak in a short run too, when one page has had enough conversations', () => {
    expect(judgeSoak(hour({ page: { nodes: 150, listeners: 1 }, conversations: 8, minutes: 2 }))).toHaveLength(2);
  });

  it('finds a microphone that was on after a conversation in the middle', () => {
    const report = hour();
    const samples = report.pages[0]?.samples.map((sample, at) => ({ ...sample, microphones: at === 20 ? 1 : 0 })) ?? [];
    expect(judgeSoak({ ...report, pages: [{ name: 'puppet', samples }] })).toEqual(['puppet: a microphone was still on after conversation 21.']);
  });

  it('finds a worker that was left, before there is a trend', () => {
    expect(judgeSoak(hour({ page: { workers: 1 }, conversations: 2, minutes: 2 }))).toEqual(['puppet: 1 workers were left.']);
  });

  it.each([
    ['is not live at the end', { status: 'failed' }, 'is failed at the end'],
    ['had to connect again', { recoveries: 1 }, 'connect again'],
    ['lost speech', { lostMs: 20 }, 'lost 20 ms'],
    ['lost nobody knows how much', { lostMs: Number.NaN }, 'lost NaN ms'],
    ['drifts', { driftMsPerMinute: { slope: -1.2, error: 0.1 } }, 'drifted by -1.20'],
    ['drifts by nobody knows how much', { driftMsPerMinute: { slope: 0, error: 2 } }, 'cannot be told'],
    ['has no drift that was measured', { driftMsPerMinute: null }, 'could not be told'],
  ])('finds that the undisturbed session %s', (_what, steady, words) => {
    const report = hour();
    expect(judgeSoak({ ...report, steady: { ...report.steady, ...steady } })).toEqual([expect.stringContaining(words)]);
  });

  it('does not take an hour for sound that had too few conversations, or none, to tell', () => {
    expect(judgeSoak(hour({ conversations: 5 })).join('\n')).toContain('too few');
    expect(judgeSoak({ ...hour(), pages: [] }).join('\n')).toContain('No page has had a conversation.');
  });

  it('does not take an hour for sound whose noise would hide a leak', () => {
    const report = hour();
    const samples = report.pages[0]?.samples.map((sample, at) => ({ ...sample, heapBytes: 5_000_000 + noise(at, 3_000_000) })) ?? [];
    expect(judgeSoak({ ...report, pages: [{ name: 'puppet', samples }] }).join('\n')).toContain('puppet: whether bytes of heap grow cannot be told');
  });

  it('hands on what went wrong on the way', () => {
    expect(judgeSoak({ ...hour(), failures: ['puppet: it fell over'], leftOpen: 1 })).toEqual(['puppet: it fell over', '1 sessions were still open at the vendor after they had ended.']);
  });
});

describe('the trend of samples', () => {
  it('is the slope of the line through them, and how sure that is', () => {
    expect(trendOf([1, 2, 3, 4, 5, 6].map((at) => [at, 3 * at + 1]))).toEqual({ slope: 3, error: 0 });
    const rough = trendOf([0, 1, 2, 3, 4, 5, 6, 7].map((at) => [at, at % 2]));
    // By hand: sums of squares 42 in x, 2 in y and of products 2.
    expect(rough?.slope).toBeCloseTo(2 / 42, 10);
    expect(rough?.error).toBeCloseTo(Math.sqrt((2 - 4 / 42) / 6 / 42), 10);
  });

  it('cannot be told from a few, or from the same place', () => {
    expect(trendOf([1, 2, 3, 4, 5].map((at) => [at, at]))).toBeNull();
    expect(trendOf([1, 2, 3, 4, 5, 6].map((value) => [1, value]))).toBeNull();
  });
});

describe('the table of a soak', () => {
  it('shows the first, the last and some between, of each page and of the server', () => {
    const lines = tableOfSoak(hour()).split('\n');
    expect(lines.filter((line) => line.startsWith('| puppet |'))).toHaveLength(8);
    expect(lines.some((line) => line.startsWith('| puppet | 1 | '))).toBe(true);
    expect(lines.some((line) => line.startsWith('| puppet | 40 | '))).toBe(true);
    expect(lines.at(-1)).toMatch(/^\| 40 \| 38\.\d\d \| 3 \| 6 \|$/);
  });
});
