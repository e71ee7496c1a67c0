import { findingsOf, type Finding } from './finding.js';

/** The header counts whole seconds, and the answer takes its time. */
const WARN_SKEW_MS = 5_000;
/** Room tokens say when they begin to be good. */
const FAIL_SKEW_MS = 60_000;
const FIX = 'Have the clock set by NTP: timedatectl set-ntp true';

/**
 * Compares this machine's clock with those of others.
 *
 * @param addresses where to ask; any answer will do, and no key is sent.
 */
export async function checkClock(addresses: readonly URL[], signal: () => AbortSignal): Promise<Finding[]> {
  const origins = [...new Set(addresses.map((address) => address.origin))];
  const { skip } = findingsOf('clock');
  if (origins.length === 0) return [skip('There is nobody to compare the clock with.')];
  return Promise.all(origins.map((origin) => compare(origin, signal())));
}

async function compare(origin: string, signal: AbortSignal): Promise<Finding> {
  const { ok, skip, warn, fail } = findingsOf('clock');
  const host = new URL(origin).host;
  const skewMs = await measureSkew(origin, signal);
  if (skewMs === null) return skip(`${host} did not say what time it is.`);
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  const message = `The clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} that of ${host}.`;
  if (Math.abs(skewMs) > FAIL_SKEW_MS) return fail(`${message} Tokens made here may be refused.`, FIX);
  if (Math.abs(skewMs) > WARN_SKEW_MS) return warn(message, FIX);
  return ok(`The clock agrees with that of ${host}.`);
}

/** Milliseconds by which our clock is ahead; null when there is no saying. */
async function measureSkew(origin: string, signal: AbortSignal): Promise<number | null> {
  try {
    const askedAt = Date.now();
    const response = await fetch(origin, { method: 'HEAD', redirect: 'manual', signal });
    const theirs = Date.parse(response.headers.get('date') ?? '');
    // Half a second, since the header leaves fractions out.
    return Number.isNaN(theirs) ? null : (askedAt + Date.now()) / 2 - (theirs + 500);
  } catch {
    return null; // That it cannot be reached, another check says.
  }
}
