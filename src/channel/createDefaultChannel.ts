import { AvatarError } from '../errors/AvatarError.js';
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
  const [{ createAgoraChannel }, { createLoopbackEngine }] = await Promise.all([
    import('./agora/createAgoraChannel.js'),
    import('./loopback/createLoopbackEngine.js'),
  ]);
  return createAgoraChannel(createLoopbackEngine(url));
}

async function loadAgora(): Promise<Channel> {
  try {
    const { agoraChannel } = await import('../agora.js');
    return agoraChannel();
  } catch (cause) {
    throw new AvatarError('channel-failed', {
      message: 'The Agora SDK could not be loaded. Check the network and the Content-Security-Policy, then try again.',
      cause,
    });
  }
}
