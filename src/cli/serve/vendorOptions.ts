import type { AkoolLiveServerOptions, AkoolOptions, AvatarServerOptions } from '../../server.js';
import { vendorAddresses } from './vendorAddresses.js';

type VendorOptions = Pick<AvatarServerOptions, 'akool' | 'akoolLive' | 'channel' | 'dve'>;

/**
 * The vendors that the environment has keys for.
 *
 * @param akool what the arguments say of Akool's avatars.
 * @throws Error with one line that says what is missing.
 */
export function vendorOptions(env: NodeJS.ProcessEnv, akool: Pick<AkoolOptions, 'defaultAvatarId' | 'allowedHosts'>): VendorOptions {
  const dveKey = env['DVE_API_KEY'];
  const assistantId = env['DVE_ASSISTANT_ID'];
  const apiKey = required(env, 'AKOOL_API_KEY');
  const live = env['AKOOL_LIVE'] ?? '';
  if (!['', '0', '1', 'only'].includes(live)) throw new Error('AKOOL_LIVE must be 1, or only for liveAvatar without streaming.');
  const isLiveAlone = live === 'only';
  const addresses = vendorAddresses(env);
  return {
    ...(isLiveAlone ? {} : { akool: { ...akool, ...addresses.akool, apiKey } }),
    ...(live === '1' || isLiveAlone ? { akoolLive: { ...akool, ...addresses.akoolLive, ...liveOptions(env), apiKey } } : {}),
    // On its own, liveAvatar can do with the vendor's rooms.
    ...(isLiveAlone && !env['AGORA_APP_ID'] ? {} : { channel: { kind: 'agora', appId: required(env, 'AGORA_APP_ID'), certificate: required(env, 'AGORA_APP_CERTIFICATE') } }),
    ...(dveKey ? { dve: { ...addresses.dve, apiKey: dveKey, ...(assistantId ? { assistantId } : {}) } } : {}),
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
