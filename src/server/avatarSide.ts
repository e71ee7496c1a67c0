import { AvatarError } from '../errors/AvatarError.js';
import type { AvatarServerConfig, ServerConfig } from './resolveServerOptions.js';

/** @throws `server-misconfigured` when avatars were taken out of the options while their sessions go on. */
export function avatarSide(config: ServerConfig): AvatarServerConfig {
  if (config.avatar !== null) return { ...config, ...config.avatar };
  throw new AvatarError('server-misconfigured', { message: 'This server grants no avatars any more. Start a new session without one.' });
}
