import type { ChatRoomAvatarGrant, Grant, LiveAvatarGrant } from '../../src/grant/grant.js';
import {
  createAvatarHandler,
  createMemoryLedger,
  type AvatarHandler,
  type AvatarServerOptions,
  type ServerLedger,
  type ServerLogEntry,
} from '../../src/server.js';
import { startFakeLiveVendor, type FakeLiveVendor } from './fakeLiveVendor.js';
import { createManualServerClock, type ManualServerClock } from './manualServerClock.js';
import { ORIGIN, SECRET } from './serverHarness.js';

export const LOOPBACK_URL = 'ws://127.0.0.1:9/channel';

/** A server of hosted sessions alone, on a clock that stands still, asked without a network in between. */
export interface HostedHarness {
  readonly vendor: FakeLiveVendor;
  readonly handler: AvatarHandler;
  readonly clock: ManualServerClock;
  readonly ledger: ServerLedger;
  readonly logs: ServerLogEntry[];
  readonly options: AvatarServerOptions;
  post(path: string, body?: unknown, init?: RequestInit): Promise<Response>;
  grant(body?: unknown): Promise<HostedGrant>;
  /** Status and reason of a refusal. */
  refusal(path: string, body?: unknown): Promise<{ readonly status: number; readonly reason: string; readonly retryable: boolean }>;
  close(): Promise<void>;
}

/** A grant of a hosted session, its parts known to be there. */
export interface HostedGrant extends Grant {
  readonly renewal: string;
  readonly avatar: LiveAvatarGrant | ChatRoomAvatarGrant;
  readonly channel: NonNullable<Grant['channel']>;
}

export async function startHosted(
  adjust: (vendor: FakeLiveVendor) => Partial<Omit<AvatarServerOptions, 'akoolLive'>> & { akoolLive?: object } = () => ({}),
): Promise<HostedHarness> {
  const vendor = await startFakeLiveVendor();
  const clock = createManualServerClock();
  const logs: ServerLogEntry[] = [];
  const ledger = createMemoryLedger({ clock });
  const { akoolLive, ...adjusted } = adjust(vendor);
  const options: AvatarServerOptions = {
    secret: SECRET,
    authorize: (request) => (request.headers.get('authorization') === 'Bearer nobody' ? null : { id: request.headers.get('x-user') ?? 'ada' }),
    allowedOrigins: [ORIGIN],
    akoolLive: { apiKey: vendor.apiKey, baseUrl: vendor.baseUrl, defaultAvatarId: 'ava', ...akoolLive },
    channel: { kind: 'loopback', url: LOOPBACK_URL },
    ledger,
    clock,
    log: (entry) => logs.push(entry),
    ...adjusted,
  };
  const handler = createAvatarHandler(options);
  const post: HostedHarness['post'] = (path, body = {}, init = {}) =>
    handler(
      new Request(`https://app.example.com/api/avatar${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        ...init,
        headers: { 'content-type': 'application/json', origin: ORIGIN, ...init.headers },
      }),
    );
  return {
    vendor,
    handler,
    clock,
    ledger: options.ledger ?? ledger,
    logs,
    options,
    post,
    async grant(body = {}) {
      const response = await post('/session', body);
      if (response.status !== 201) throw new Error(`No grant: ${response.status} ${await response.text()}`);
      return hostedGrant(await response.json());
    },
    async refusal(path, body) {
      const response = await post(path, body);
      const answer = (await response.json()) as { error?: { reason: string; retryable: boolean } }; // Checked below.
      if (answer.error === undefined) throw new Error(`Not refused: ${response.status}`);
      return { status: response.status, reason: answer.error.reason, retryable: answer.error.retryable };
    },
    close: () => vendor.close(),
  };
}

/** Reads a grant of a hosted session. */
export function hostedGrant(value: unknown): HostedGrant {
  const grant = value as HostedGrant; // Checked below as far as it matters here.
  if (typeof grant.renewal !== 'string' || grant.avatar === undefined || grant.channel === undefined) throw new Error('The grant lacks a part.');
  return grant;
}
