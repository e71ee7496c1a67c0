import { createMemoryLedger, type AkoolLiveServerOptions, type AvatarServerOptions, type ServerLogEntry } from '../server.js';
import { isLoopbackHost } from '../server/akool/createHostPolicy.js';
import { randomId } from '../server/randomId.js';
import { loadAuthorize } from './loadAuthorize.js';
import { readEmulator } from './readEmulator.js';
import type { ServeArguments } from './serveArguments.js';

/**
 * Puts arguments and environment together.
 *
 * @throws Error with one line that says what is missing.
 */
export async function serveOptions(
  args: ServeArguments,
  env: NodeJS.ProcessEnv,
  log: (entry: ServerLogEntry) => void,
): Promise<AvatarServerOptions> {
  const shared = { allowedOrigins: args.origins, ledger: createMemoryLedger(), log };
  const akool = args.avatarId === null ? {} : { defaultAvatarId: args.avatarId };
  const authorize = args.authorizePath === null ? null : await loadAuthorize(args.authorizePath);
  if (args.emulatorUrl !== null) {
    const isLocal = isLoopbackHost(args.host) && isLoopbackHost(new URL(args.emulatorUrl).hostname);
    if (authorize === null && !isLocal) throw new Error('--authorize is required unless --host and --emulator are both on loopback.');
    const { discoveryUrl, akoolApiUrl, channelUrl, dveUrl, apiKey } = await readEmulator(args.emulatorUrl);
    return {
      ...shared,
      // Nobody else can reach it, and a restart may well forget every session.
      secret: env['VISAVIS_SECRET'] ?? randomId() + randomId(),
      authorize: authorize ?? (() => ({ id: 'anonymous' })),
      akool: { defaultAvatarId: 'emulated', ...akool, apiKey, discoveryUrl },
      akoolLive: { defaultAvatarId: 'emulated', ...akool, apiKey, baseUrl: akoolApiUrl },
      channel: { kind: 'loopback', url: channelUrl },
      dve: { apiKey, url: dveUrl, assistantId: 'host' },
      // Everybody is the same anonymous subject here, and tests come fast.
      limits: { maxGrantsPerMinute: 10_000, maxGrantsPerMinuteInTotal: 100_000, maxSessionsPerSubject: 1_000 },
    };
  }
  if (authorize === null) throw new Error('--authorize FILE is required: without it anyone could talk at your expense.');
  if (args.origins.length === 0) throw new Error('--origin URL is required: the exact origin of the page that shows the avatar.');
  const dveKey = env['DVE_API_KEY'];
  const assistantId = env['DVE_ASSISTANT_ID'];
  const apiKey = required(env, 'AKOOL_API_KEY');
  const live = env['AKOOL_LIVE'] ?? '';
  if (!['', '0', '1', 'only'].includes(live)) throw new Error('AKOOL_LIVE must be 1, or only for liveAvatar without streaming.');
  const isLiveAlone = live === 'only';
  return {
    ...shared,
    secret: required(env, 'VISAVIS_SECRET'),
    authorize,
    ...(isLiveAlone ? {} : { akool: { ...akool, apiKey } }),
    ...(live === '1' || isLiveAlone ? { akoolLive: { ...akool, ...liveOptions(env), apiKey } } : {}),
    // On its own, liveAvatar can do with the vendor's rooms.
    ...(isLiveAlone && !env['AGORA_APP_ID'] ? {} : { channel: { kind: 'agora', appId: required(env, 'AGORA_APP_ID'), certificate: required(env, 'AGORA_APP_CERTIFICATE') } }),
    ...(dveKey ? { dve: { apiKey: dveKey, ...(assistantId ? { assistantId } : {}) } } : {}),
  };
}

/** What of liveAvatar's options the environment may say. */
function liveOptions(env: NodeJS.ProcessEnv): Partial<Pick<AkoolLiveServerOptions, 'defaultAvatarId' | 'session'>> {
  const { AKOOL_LIVE_AVATAR: defaultAvatarId, AKOOL_LIVE_KNOWLEDGE: knowledgeId, AKOOL_LIVE_SECONDS: seconds } = env;
  const session = { ...(knowledgeId ? { knowledgeId } : {}), ...(seconds ? { durationSeconds: Number(seconds) } : {}) };
  return { session, ...(defaultAvatarId ? { defaultAvatarId } : {}) };
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set in the environment.`);
  return value;
}
