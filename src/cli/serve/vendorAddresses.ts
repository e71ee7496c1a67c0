import type { AkoolLiveServerOptions, AkoolOptions, DveServerOptions } from '../../server.js';

/** Where the environment says that vendors are, if not where they usually are. */
export interface VendorAddresses {
  readonly akool: Pick<AkoolOptions, 'discoveryUrl' | 'env'>;
  readonly akoolLive: Pick<AkoolLiveServerOptions, 'baseUrl'>;
  readonly dve: Pick<DveServerOptions, 'url'>;
}

/** @throws Error with one line for a group of nodes that does not exist. */
export function vendorAddresses(env: NodeJS.ProcessEnv): VendorAddresses {
  const { AKOOL_DISCOVERY_URL: discoveryUrl, AKOOL_ENV: group, AKOOL_API_URL: baseUrl, DVE_URL: url } = env;
  if (group && group !== 'prod' && group !== 'test') throw new Error('AKOOL_ENV must be prod or test.');
  return {
    akool: { ...(discoveryUrl ? { discoveryUrl } : {}), ...(group === 'test' ? { env: 'test' } : {}) },
    akoolLive: baseUrl ? { baseUrl } : {},
    dve: url ? { url } : {},
  };
}
