import type { ServerClock } from '../serverClock.js';

/** How the vendor knows whose account it is. */
export type AkoolCredentials =
  /** Leaves this server only in the `x-api-key` header. */
  | { readonly apiKey: string }
  /** Exchanged for a token, which is kept until shortly before it expires. */
  | { readonly clientId: string; readonly clientSecret: string };

export type AkoolClientOptions = AkoolCredentials & {
  /** Default `https://openapi.akool.com`. A path is kept, as an emulator's address has one. */
  readonly baseUrl?: string;
  /** Default: the platform's. */
  readonly fetch?: typeof globalThis.fetch;
  readonly clock?: ServerClock;
  /** How long one request may take. Default 15,000. */
  readonly timeoutMs?: number;
};

/** What every call takes last. */
export interface AkoolCallOptions {
  readonly signal?: AbortSignal;
}
