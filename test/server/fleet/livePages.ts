import { AvatarError } from '../../../src/errors/AvatarError.js';
import { createGrantSource, type GrantSource } from '../../../src/grant/createGrantSource.js';
import type { Grant } from '../../../src/grant/grant.js';
import type { Random } from './createRandom.js';

/** What became of the pages. */
export interface PageTally {
  /** Sessions that were granted. */
  started: number;
  /** That a page asked for something again because an instance was gone, was busy, or knew of the call of before. */
  retried: number;
  renewed: number;
  /** Sessions that were over for a page that went on asking for them, and why. */
  readonly lost: string[];
  /** When the pages that vanished last asked that their session be kept, and heard that it is, by `performance.now()`, by the session's room. */
  readonly vanished: Map<string, number>;
}

export const newPageTally = (): PageTally => ({ started: 0, retried: 0, renewed: 0, lost: [], vanished: new Map() });

export interface PageWorld {
  readonly url: string;
  readonly random: Random;
  readonly tally: PageTally;
  /** Ends with the load: whoever is still there leaves. */
  readonly signal: AbortSignal;
}

const RETRY_MS = 100;

/** Resolves after that time, or when the load ends. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish);
    if (signal.aborted) finish();
  });
}

/** Null when it failed and may be tried again. */
async function attempt<Value>(tally: PageTally, act: () => Promise<Value>): Promise<Value | null> {
  try {
    return await act();
  } catch (error) {
    if (!AvatarError.isInstance(error) || !error.retryable) throw error;
    tally.retried++;
    return null;
  }
}

/** Tries until it succeeds or cannot any more; null when the load ends first. */
export async function persist<Value extends object>({ tally, signal }: PageWorld, act: () => Promise<Value>): Promise<Value | null> {
  while (!signal.aborted) {
    const value = await attempt(tally, act);
    if (value !== null) return value;
    await pause(RETRY_MS, signal);
  }
  return null;
}

/** Pages of a hosted avatar, one after the other: each keeps its session, renews it now and then, and ends it or vanishes. */
export async function browseHosted(world: PageWorld, name: string): Promise<void> {
  const { url, random, tally, signal } = world;
  const never = new AbortController().signal;

  for (let count = 0; !signal.aborted; count++) {
    const source = createGrantSource({ url, headers: { 'x-user': `${name} ${count}` } });
    const started = await persist(world, timed(() => source.request({ purpose: 'start', previous: null, wishes: { service: 'akool-live' }, signal: never })));
    if (started === null) return;
    tally.started++;
    try {
      await stay(source, started);
    } catch (error) {
      tally.lost.push(AvatarError.isInstance(error) ? error.reason : String(error));
    }
  }

  async function stay(source: GrantSource, started: Timed<Grant>): Promise<void> {
    let { value: grant, askedAtMs: keptAtMs } = started;
    const renew = timed(() => source.request({ purpose: 'renew', previous: grant, wishes: {}, signal: never }));
    const keep = timed(async () => source.keep?.(grant, { wantsStatus: false, signal: never }));
    const leavesAt = performance.now() + random.between(1_500, 6_000);
    const keepIntervalMs = grant.avatar?.service === 'akool-live' ? grant.avatar.keepIntervalMs : 1_000;
    let wantsRenewal = false;
    while (performance.now() < leavesAt && !signal.aborted) {
      await pause(random.between(0.5, 1) * keepIntervalMs, signal);
      wantsRenewal ||= random.percent(25);
      const renewed = wantsRenewal ? await attempt(tally, renew) : null;
      if (renewed !== null) {
        ({ value: grant, askedAtMs: keptAtMs } = renewed);
        tally.renewed++;
        wantsRenewal = false;
        continue;
      }
      // A page keeps its session while it waits to have it renewed.
      const kept = await persist(world, keep);
      if (kept === null) break;
      if (kept.value?.status === 'failed') throw new Error(`The session at the vendor is gone, last kept ${Math.round(performance.now() - keptAtMs)} ms ago.`);
      keptAtMs = kept.askedAtMs;
    }
    // A goodbye may be lost with the instance that heard it: it is as if there had been none.
    if (random.percent(50)) await source.end(grant, { leaving: false });
    else tally.vanished.set(grant.channel?.channel ?? '', keptAtMs);
  }
}

interface Timed<Value> {
  readonly value: Value;
  readonly askedAtMs: number;
}

function timed<Value>(act: () => Promise<Value>): () => Promise<Timed<Value>> {
  return async () => {
    const askedAtMs = performance.now();
    return { value: await act(), askedAtMs };
  };
}
