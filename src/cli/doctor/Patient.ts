import type { AkoolLiveServerOptions, AkoolOptions, ChannelOptions, DveServerOptions } from '../../server.js';
import { readEmulator } from '../readEmulator.js';
import type { ServeArguments } from '../serve/serveArguments.js';
import { vendorAddresses } from '../serve/vendorAddresses.js';

/** The vendors that are to be looked at. What is missing is null: that it is, the check of the whole configuration says. */
export interface Patient {
  readonly akool: AkoolOptions | null;
  readonly akoolLive: AkoolLiveServerOptions | null;
  readonly channel: ChannelOptions | null;
  readonly dve: DveServerOptions | null;
  /** Never to be seen in what is printed. */
  readonly secrets: readonly string[];
}

/**
 * Reads what `visavis serve` would read, but puts up with gaps.
 *
 * @throws Error with one line when no emulator answers, or the environment names a group of nodes that does not exist.
 */
export async function readPatient(args: ServeArguments, env: NodeJS.ProcessEnv): Promise<Patient> {
  const hosts = args.allowedHosts === null ? {} : { allowedHosts: args.allowedHosts };
  if (args.emulatorUrl !== null) {
    const { apiKey, discoveryUrl, akoolApiUrl, channelUrl, dveUrl } = await readEmulator(args.emulatorUrl);
    return {
      akool: { apiKey, discoveryUrl, ...hosts },
      akoolLive: { apiKey, baseUrl: akoolApiUrl, ...hosts },
      channel: { kind: 'loopback', url: channelUrl },
      dve: { apiKey, url: dveUrl, assistantId: 'host' },
      secrets: [apiKey, ...secretsIn(env)],
    };
  }
  const { AKOOL_API_KEY: apiKey, AKOOL_LIVE: live, AGORA_APP_ID: appId, AGORA_APP_CERTIFICATE: certificate, DVE_API_KEY: dveKey, DVE_ASSISTANT_ID: assistantId } = env;
  const addresses = vendorAddresses(env);
  return {
    akool: apiKey && live !== 'only' ? { ...addresses.akool, apiKey, ...hosts } : null,
    akoolLive: apiKey && (live === '1' || live === 'only') ? { ...addresses.akoolLive, apiKey, ...hosts } : null,
    channel: appId || certificate ? { kind: 'agora', appId: appId ?? '', certificate: certificate ?? '' } : null,
    dve: dveKey ? { ...addresses.dve, apiKey: dveKey, ...(assistantId ? { assistantId } : {}) } : null,
    secrets: secretsIn(env),
  };
}

function secretsIn(env: NodeJS.ProcessEnv): string[] {
  const { VISAVIS_SECRET, VISAVIS_OPERATOR_TOKEN, AKOOL_API_KEY, AGORA_APP_CERTIFICATE, DVE_API_KEY, REDIS_URL } = env;
  const password = REDIS_URL !== undefined && URL.canParse(REDIS_URL) ? decodeURIComponent(new URL(REDIS_URL).password) : '';
  return [...(VISAVIS_SECRET ?? '').split(/\s+/), VISAVIS_OPERATOR_TOKEN, AKOOL_API_KEY, AGORA_APP_CERTIFICATE, DVE_API_KEY, REDIS_URL, password].flatMap((secret) => (secret ? [secret] : []));
}
