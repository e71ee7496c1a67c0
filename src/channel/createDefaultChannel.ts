import { loadPart } from '../errors/loadPart.js';
import type { Channel } from './channel.js';

/**
 * The channel that a grant names. Each kind is loaded when it is joined, so a page that only talks to an emulator
 * never fetches Agora's SDK, and a server never evaluates it.
 */
export function createDefaultChannel(): Channel {
  return {
    kind: 'default',
    async join(options) {
      const { grant } = options;
      const channel = await (grant.kind === 'loopback' ? loadLoopback(grant.url ?? '') : loadAgora());
      return channel.join(options);
    },
  };
}

async function loadLoopback(url: string): Promise<Channel> {
  const { loopbackChannel } = await loadPart('What joins the room', () => import('./loopbackChannel.js'));
  return loopbackChannel(url);
}

async function loadAgora(): Promise<Channel> {
  const { agoraChannel } = await loadPart('What joins the room', () => import('./agora/agoraChannel.js'));
  return agoraChannel();
}
