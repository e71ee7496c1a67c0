import type { AkoolLiveServerOptions, AkoolOptions, DveServerOptions } from '../../server.js';
import { DEFAULT_BASE_URL } from '../../server/akool-live/createAkoolClient.js';
import { avatarSide } from '../../server/avatarSide.js';
import { randomId } from '../../server/randomId.js';
import { resolveServerOptions, type AvatarServerConfig } from '../../server/resolveServerOptions.js';

/** What every server needs, and no check looks at here. */
const shell = () => ({ secret: randomId() + randomId(), authorize: () => null, allowedOrigins: [] });

/** One vendor alone, with the defaults that the server would fill in. @throws AvatarError `server-misconfigured` for options that cannot be right. */
export function akoolConfig(akool: AkoolOptions): AvatarServerConfig {
  return avatarSide(resolveServerOptions({ ...shell(), akool, channel: { kind: 'loopback', url: 'ws://127.0.0.1' } }));
}

/** Where the voice service is; null for options that cannot be right. */
export function dveAddress(dve: DveServerOptions): URL | null {
  try {
    const config = resolveServerOptions({ ...shell(), dve });
    return config.dve && new URL(config.dve.url);
  } catch {
    return null; // The check of the whole configuration says why.
  }
}

/** Where discovery is; null for options that cannot be right. */
export function discoveryAddress(akool: AkoolOptions): URL | null {
  try {
    return new URL(akoolConfig(akool).akool.discoveryUrl);
  } catch {
    return null; // As above.
  }
}

/** Where liveAvatar is; null for options that cannot be right. */
export function liveAddress({ baseUrl = DEFAULT_BASE_URL }: AkoolLiveServerOptions): URL | null {
  return URL.canParse(baseUrl) ? new URL(baseUrl) : null;
}
