import { expect, it } from 'vitest';
import { createDefaultChannel } from '../../../src/channel/createDefaultChannel.js';
import type { ChannelGrant } from '../../../src/grant/grant.js';

const grant: ChannelGrant = { kind: 'agora', appId: 'app', channel: 'room', token: 'token', uid: 7, tokenExpiresAt: 4e12 };

it('loads the small part before a grant names the room, and the SDK only for a room of Agora', async () => {
  const channel = createDefaultChannel();
  await expect(channel.preload?.()).resolves.toBeUndefined();
  await expect(channel.preload?.({ ...grant, kind: 'loopback', url: 'ws://127.0.0.1:1/' })).resolves.toBeUndefined();
  // Node has no WebRTC: the SDK is not even looked for.
  await expect(channel.preload?.(grant)).rejects.toMatchObject({ reason: 'channel-unsupported' });
});
