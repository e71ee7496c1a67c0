import { useSyncExternalStore } from 'react';
import { useAvatarContext } from '../AvatarContext.js';

/**
 * The client of the room that the nearest session has joined (Agora's `IAgoraRTCClient`), or null.
 * For `AgoraRoom` of `visavis/agora`, or for code that goes past visavis.
 */
export function useChannelClient(): unknown {
  const { session } = useAvatarContext();
  return useSyncExternalStore(session.subscribe, session.getChannelClient, () => null);
}
