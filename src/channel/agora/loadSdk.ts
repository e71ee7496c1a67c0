import type { IAgoraRTC } from 'agora-rtc-react';
import { AvatarError } from '../../errors/AvatarError.js';

/**
 * Loads the one copy of the Agora SDK that a page has: agora-rtc-react's.
 * @throws AvatarError `channel-failed`
 */
export async function loadSdk(): Promise<IAgoraRTC> {
  try {
    return (await import('agora-rtc-react')).default;
  } catch (cause) {
    throw new AvatarError('channel-failed', {
      message: 'The Agora SDK could not be loaded. Check the network and the Content-Security-Policy, then try again.',
      cause,
    });
  }
}
