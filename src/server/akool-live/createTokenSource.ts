import { decodeJwt } from 'jose';
import type { ServerClock } from '../serverClock.js';

export interface TokenSourceOptions {
  /** Asks the vendor for a token. */
  readonly fetchToken: () => Promise<string>;
  readonly clock: ServerClock;
}

export interface TokenSource {
  /** The present token, or a fresh one; callers at the same time share one request. */
  get(): Promise<string>;
  /** Forgets that token, if it is still the present one. */
  drop(token: string): void;
  /** The present token; null when there is none. */
  readonly present: string | null;
}

/** The vendor promises more than a year and does not say when it ends: a month is safe. */
const ASSUMED_TTL_MS = 30 * 86_400_000;
/** Clocks differ and requests take time. */
const MARGIN_MS = 300_000;

/** Keeps one token until five minutes before it expires. */
export function createTokenSource({ fetchToken, clock }: TokenSourceOptions): TokenSource {
  let held: { readonly token: string; readonly until: number } | null = null;
  let fetching: Promise<string> | null = null;

  async function renew(): Promise<string> {
    try {
      const token = await fetchToken();
      held = { token, until: (expiryOf(token) ?? clock.epochMs() + ASSUMED_TTL_MS) - MARGIN_MS };
      return token;
    } finally {
      fetching = null;
    }
  }

  return {
    async get() {
      if (held && clock.epochMs() < held.until) return held.token;
      return (fetching ??= renew());
    },
    drop(token) {
      if (held?.token === token) held = null;
    },
    get present() {
      return held?.token ?? null;
    },
  };
}

/** Milliseconds since the epoch at which a JWT says that it ends; null when it is none or does not say. */
function expiryOf(token: string): number | null {
  try {
    const { exp } = decodeJwt(token);
    return exp === undefined ? null : exp * 1000;
  } catch {
    return null; // An opaque token is as good.
  }
}
