import { setMaxListeners } from 'node:events';
import { expect, it, vi } from 'vitest';
import { startEmulator } from '../../../src/emulator.js';
import { startRedis } from '../ledger/startRedis.js';
import { createRandom, type Random } from './createRandom.js';
import { browseHosted, newPageTally, pause, type PageWorld } from './livePages.js';
import { startBalancer } from './startBalancer.js';
import { buildInstance, type Instance } from './startInstance.js';
import { startVendorWatch, type WatchedSession } from './startVendorWatch.js';
import { newTicketTally, talk } from './voicePages.js';

/** A longer run: `VISAVIS_CHAOS_SECONDS=600 VISAVIS_CHAOS_SEED=2 npx vitest run --project node test/server/fleet`. */
const LOAD_MS = Number(process.env['VISAVIS_CHAOS_SECONDS'] ?? 10) * 1_000;
const SEED = Number(process.env['VISAVIS_CHAOS_SEED'] ?? 1);

/** So many keeps, for a machine on which each may take seconds. */
const LEASE_MS = 10_000;
const CALL_TIMEOUT_MS = 1_000;
/** One that claims a session and dies leaves it to the next after this time; and one that dies while it opens one, after that. */
const CLAIM_MS = CALL_TIMEOUT_MS + 5_000;
const LOST_OPENING_MS = CALL_TIMEOUT_MS + 15_000;
const PAGES = 12;

/** Kills one instance after the other, and starts it again. @returns how many it killed. */
async function wreak(instances: readonly Instance[], random: Random, signal: AbortSignal): Promise<number> {
  for (let kills = 0; ; kills++) {
    await pause(random.between(500, 1_500), signal);
    if (signal.aborted) return kills;
    const victim = instances[Math.floor(random.between(0, instances.length))];
    await victim?.kill();
    await pause(random.between(0, 400), signal);
    await victim?.restart();
  }
}

/** How long after the last sign of its page each session was closed whose page vanished, in order. */
function reapingTimes(sessions: readonly WatchedSession[], vanished: ReadonlyMap<string, number>): readonly number[] {
  const times = sessions.flatMap(({ room, closedAtMs }) => {
    const lastKeptAtMs = vanished.get(room);
    return lastKeptAtMs === undefined || closedAtMs === null ? [] : [Math.round(closedAtMs - lastKeptAtMs)];
  });
  return times.sort((a, b) => a - b);
}

it('instances that are killed at random lose no session, spend no ticket twice, and leave nothing open at the vendor', { timeout: LOAD_MS + 90_000 }, async ({ annotate }) => {
  const random = createRandom(SEED);
  const redis = await startRedis();
  const emulator = await startEmulator({ liveSessionStepMs: 3_600_000 });
  const watch = await startVendorWatch(emulator.akoolApiUrl, random);
  const built = await buildInstance();
  const instances: Instance[] = [];
  const load = new AbortController();
  // Each page listens to it.
  setMaxListeners(0, load.signal);
  try {
    for (let count = 0; count < 2; count++) {
      instances.push(
        await built.start({
          redisUrl: redis.url,
          options: {
            secret: 'a-secret-of-at-least-32-bytes-for-tests',
            allowedOrigins: [],
            akoolLive: { apiKey: emulator.apiKey, baseUrl: watch.baseUrl, defaultAvatarId: 'ava', keepIntervalMs: 1_000, leaseMs: LEASE_MS, timeoutMs: CALL_TIMEOUT_MS },
            dve: { apiKey: emulator.apiKey, url: emulator.dveUrl, assistantId: 'host' },
            channel: { kind: 'loopback', url: emulator.channelUrl },
            limits: { maxGrantsPerMinuteInTotal: 1_000_000 },
          },
        }),
      );
    }
    const balancer = await startBalancer(instances.map(({ port }) => port));
    const [tally, tickets] = [newPageTally(), newTicketTally()];
    const world: PageWorld = { url: `http://127.0.0.1:${balancer.port}/api/avatar`, random, tally, signal: load.signal };
    const stop = setTimeout(() => load.abort(), LOAD_MS);
    const pages = Array.from({ length: PAGES }, (_, index) => [browseHosted(world, `live ${index}`), talk(world, tickets, `voice ${index}`)]).flat();
    const [kills] = await Promise.all([wreak(instances, random, load.signal), ...pages]);
    clearTimeout(stop);

    const all = (): WatchedSession[] => [...watch.sessions.values()];
    // A lease more, for a machine that has other things to do.
    const patienceMs = 2 * LEASE_MS + CLAIM_MS + LOST_OPENING_MS;
    await vi.waitFor(() => expect(all().filter(({ closedAtMs }) => closedAtMs === null)).toEqual([]), { timeout: patienceMs, interval: 50 });

    const reaped = reapingTimes(all(), tally.vanished);
    const closings = all().reduce((sum, session) => sum + session.closings, 0);
    await annotate(
      `seed ${SEED}: ${kills} kills in ${LOAD_MS / 1_000} s; ${tally.started} sessions (${all().length} at the vendor), ${tally.renewed} renewals, ${tally.retried} retries, ${tally.lost.length} lost; ` +
        `${tickets.shown} times a ticket was shown, ${tickets.admitted} admitted, ${tickets.refused} refused as spent, ${tickets.resumed} conversations resumed; ` +
        `${closings} requests to close ${all().length} sessions; ${reaped.length} whose pages vanished, closed after ${reaped[Math.floor(reaped.length / 2)]} ms (median), ${reaped.at(-1)} ms (last) with a lease of ${LEASE_MS} ms`,
    );
    expect(tally.lost).toEqual([]);
    expect(tickets.spentTwice).toBe(0);
    // Never before the lease was over, and after it as soon as whoever claimed it last is known to be dead.
    expect(reaped[0]).toBeGreaterThanOrEqual(LEASE_MS - 10);
    expect(reaped.at(-1)).toBeLessThan(LEASE_MS + CLAIM_MS + LEASE_MS);
    expect(tickets.admitted).toBeGreaterThan(0);
    expect(kills).toBeGreaterThan(0);
    expect(all().length).toBeGreaterThanOrEqual(PAGES);
    expect(all().map(({ successes }) => successes)).toEqual(all().map(() => 1));
    expect(all().filter(({ overlapped }) => overlapped)).toEqual([]);
    await balancer.close();
  } finally {
    load.abort();
    await Promise.all(instances.map((instance) => instance.kill()));
    await built.remove();
    await watch.close();
    await emulator.close();
    await redis.close();
  }
});
