import { loadPart } from '../errors/loadPart.js';
import type { Channel, ChannelJoinOptions } from './channel.js';

const JOINS = 'What joins the room';

/**
 * The channel that a grant names. Each kind is loaded when a grant names it, so a page that only talks to an emulator
 * never fetches Agora's SDK, and a server never evaluates it.
 */
export function createDefaultChannel(): Channel {
  return {
    kind: 'default',
    async preload(room) {
      const channel = await channelOf(room);
      // Without a grant the adapter alone, which is small: the SDK is not, and an emulator does without.
      if (room) await channel.preload?.(room);
    },
    async join(options) {
      const channel = await channelOf(options.grant);
      return channel.join(options);
    },
  };
}

async function channelOf(room: ChannelJoinOptions['grant'] | undefined): Promise<Channel> {
  if (room?.kind !== 'loopback') return (await loadPart(JOINS, () => import('./agora/agoraChannel.js'))).agoraChannel();
  const { loopbackChannel } = await loadPart(JOINS, () => import('./loopbackChannel.js'));
  return loopbackChannel(room.url ?? '');
}
