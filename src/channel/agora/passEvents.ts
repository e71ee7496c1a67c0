import { AvatarError } from '../../errors/AvatarError.js';
import type { ChannelEvent } from '../channel.js';
import type { ClientListeners } from './listenTo.js';

/** Passes on what a client tells, in the port's terms, where nothing else has to happen. */
export function passEvents(listeners: ClientListeners, onEvent: (event: ChannelEvent) => void): void {
  listeners.on('stream-message', (uid, payload) => onEvent({ type: 'message', uid: Number(uid), payload }));
  listeners.on('network-quality', (quality) =>
    onEvent({ type: 'network-quality', uplink: quality.uplinkNetworkQuality, downlink: quality.downlinkNetworkQuality }),
  );
  listeners.on('volume-indicator', (levels) =>
    onEvent({ type: 'volume', levels: levels.map(({ uid, level }) => ({ uid: Number(uid), level: Math.min(1, Math.max(0, level / 100)) })) }),
  );
  listeners.on('token-privilege-will-expire', () => onEvent({ type: 'token-expire' }));
  listeners.once('crypt-error', () => {
    const message = "The channel's sound or picture could not be decrypted. Everybody in it needs the same encryption mode, secret and salt.";
    onEvent({ type: 'error', error: new AvatarError('channel-failed', { message, retryable: false }) });
  });
}
