import type { Authorize, AvatarServerOptions, ReadableMetrics, ServerLedger, ServerLogEntry } from '../../server.js';
import { isLoopbackHost } from '../../server/akool/createHostPolicy.js';
import { randomId } from '../../server/randomId.js';
import { readEmulator } from '../readEmulator.js';
import { secretsOf } from './secretsOf.js';
import type { ServeArguments } from './serveArguments.js';
import { vendorOptions } from './vendorOptions.js';

/** What the command itself puts in. */
export interface ServeParts {
  readonly ledger: ServerLedger;
  readonly log: (entry: ServerLogEntry) => void;
  /** Null for no metrics. */
  readonly metrics: ReadableMetrics | null;
  /** The app's; null when none was given. */
  readonly authorize: Authorize | null;
}

/** Whether nobody from elsewhere can reach the server, so that anybody may have an avatar. */
export function isLocalTrial(host: string, emulatorUrl: string): boolean {
  return isLoopbackHost(host) && isLoopbackHost(new URL(emulatorUrl).hostname);
}

type ServeTarget = Pick<ServeArguments, 'host' | 'origins' | 'avatarId' | 'allowedHosts' | 'relayUrl' | 'emulatorUrl' | 'maxConnections'>;

/**
 * Puts arguments and environment together.
 *
 * @throws Error with one line that says what is missing.
 */
export async function serveOptions(args: ServeTarget, env: NodeJS.ProcessEnv, { ledger, log, metrics, authorize }: ServeParts): Promise<AvatarServerOptions> {
  const operatorToken = env['VISAVIS_OPERATOR_TOKEN'];
  const limits = { maxConnections: args.maxConnections };
  const shared = {
    allowedOrigins: args.origins,
    ledger,
    log,
    limits,
    ...(args.relayUrl === null ? {} : { relayUrl: args.relayUrl }),
    ...(metrics === null ? {} : { metrics }),
    ...(metrics === null || !operatorToken ? {} : { operatorToken }),
  };
  const akool = args.avatarId === null ? {} : { defaultAvatarId: args.avatarId };
  const hosts = args.allowedHosts === null ? {} : { allowedHosts: args.allowedHosts };
  if (args.emulatorUrl !== null) {
    if (authorize === null && !isLocalTrial(args.host, args.emulatorUrl)) throw new Error('--authorize is required unless --host and --emulator are both on loopback.');
    const { discoveryUrl, akoolApiUrl, channelUrl, dveUrl, apiKey } = await readEmulator(args.emulatorUrl);
    return {
      ...shared,
      // Nobody else can reach it, and a restart may well forget every session.
      secret: env['VISAVIS_SECRET'] ? secretsOf(env['VISAVIS_SECRET']) : randomId() + randomId(),
      authorize: authorize ?? (() => ({ id: 'anonymous' })),
      akool: { defaultAvatarId: 'emulated', ...akool, ...hosts, apiKey, discoveryUrl },
      akoolLive: { defaultAvatarId: 'emulated', ...akool, ...hosts, apiKey, baseUrl: akoolApiUrl },
      channel: { kind: 'loopback', url: channelUrl },
      dve: { apiKey, url: dveUrl, assistantId: 'host' },
      // Everybody is the same anonymous subject here, and tests come fast.
      limits: { ...limits, maxGrantsPerMinute: 10_000, maxGrantsPerMinuteInTotal: 100_000, maxSessionsPerSubject: 1_000 },
    };
  }
  if (authorize === null) throw new Error('--authorize FILE is required: without it anyone could talk at your expense.');
  if (args.origins.length === 0) throw new Error('--origin URL is required: the exact origin of the page that shows the avatar.');
  return { ...shared, authorize, secret: secretsOf(env['VISAVIS_SECRET']), ...vendorOptions(env, { ...akool, ...hosts }) };
}
