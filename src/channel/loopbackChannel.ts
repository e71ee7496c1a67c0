import { createAgoraChannel } from './agora/createAgoraChannel.js';
import type { Channel } from './channel.js';
import { createLoopbackEngine } from './loopback/createLoopbackEngine.js';

/**
 * A room of an emulator, behind the same adapter as Agora's.
 *
 * @param url signalling endpoint of the rooms, `channelUrl` of the emulator
 */
export function loopbackChannel(url: string): Channel {
  return { ...createAgoraChannel(createLoopbackEngine(url)), kind: 'loopback' };
}
