import { createAvatarHandler, createMemoryLedger, type AvatarHandler, type AvatarServerOptions, type ServerLogEntry } from '../../../src/server.js';
import { createManualServerClock, type ManualServerClock } from '../manualServerClock.js';
import { startFakeCatalogue, type FakeCatalogue } from './fakeCatalogue.js';

export const ORIGIN = 'https://app.example.com';
export const SECRET = 'a-secret-of-at-least-32-bytes-for-tests';

/** A server of hosted sessions before a vendor that has a catalogue, asked without a network in between. */
export interface RoutesHarness {
  readonly vendor: FakeCatalogue;
  readonly handler: AvatarHandler;
  readonly clock: ManualServerClock;
  readonly logs: ServerLogEntry[];
  readonly options: AvatarServerOptions;
  /** As somebody: the subject's id, or null for nobody. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

export async function startRoutes(adjust: (vendor: FakeCatalogue, clock: ManualServerClock) => Partial<AvatarServerOptions> = () => ({})): Promise<RoutesHarness> {
  const vendor = await startFakeCatalogue();
  const clock = createManualServerClock();
  const logs: ServerLogEntry[] = [];
  const options: AvatarServerOptions = {
    secret: SECRET,
    authorize: (request) => {
      const id = request.headers.get('x-user') ?? 'ada';
      return id === 'nobody' ? null : { id };
    },
    allowedOrigins: [ORIGIN],
    akoolLive: { apiKey: vendor.apiKey, baseUrl: vendor.baseUrl, defaultAvatarId: 'ava' },
    channel: { kind: 'loopback', url: 'ws://127.0.0.1:9/channel' },
    ledger: createMemoryLedger({ clock }),
    clock,
    log: (entry) => logs.push(entry),
    ...adjust(vendor, clock),
  };
  const handler = createAvatarHandler(options);
  const ask = (path: string, init: RequestInit) => handler(new Request(`https://app.example.com/api/avatar${path}`, init));
  return {
    vendor,
    handler,
    clock,
    logs,
    options,
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, body, headers = {}) => ask(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers } }),
    async close() {
      await handler.close();
      await vendor.close();
    },
  };
}

/** Status and reason of a refusal. */
export async function refusalOf(response: Response): Promise<{ status: number; reason: string; message: string }> {
  const { error } = (await response.json()) as { error: { reason: string; message: string } }; // Test input.
  return { status: response.status, reason: error.reason, message: error.message };
}
