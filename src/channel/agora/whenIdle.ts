import { AvatarError } from '../../errors/AvatarError.js';
import type { AgoraClient } from './agoraClient.js';
import type { ClientListeners } from './listenTo.js';

/**
 * Waits until a client can join. One that is just leaving, as after a quick restart, is waited for: the SDK would refuse
 * ("Client already in connecting/connected state").
 *
 * @throws AvatarError `channel-failed` for one that is in use
 */
export async function whenIdle(client: AgoraClient, listeners: ClientListeners): Promise<void> {
  const { connectionState } = client;
  if (connectionState === 'DISCONNECTED') return;
  if (connectionState === 'DISCONNECTING') {
    return new Promise((resolve) => {
      listeners.on('connection-state-change', (current) => current === 'DISCONNECTED' && resolve());
    });
  }
  throw new AvatarError('channel-failed', {
    message: 'The Agora client that was given to the channel is in a room already. Leave that room first, or give the session a client of its own.',
    retryable: false,
    context: { connectionState },
  });
}
