import { afterEach, expect, it, vi } from 'vitest';
import { agoraChannel } from '../../../src/channel/agora/agoraChannel.js';
import { assertWebRtc } from '../../../src/channel/assertWebRtc.js';
import { createDefaultChannel } from '../../../src/channel/createDefaultChannel.js';
import { loopbackChannel } from '../../../src/channel/loopbackChannel.js';
import type { ChannelJoinOptions } from '../../../src/channel/channel.js';
import { systemClock } from '../../../src/clock/clock.js';

afterEach(() => vi.unstubAllGlobals());

function optionsOf(kind: 'agora' | 'loopback'): ChannelJoinOptions {
  const grant = { kind, appId: 'app', channel: 'room', token: 'token', uid: 1, avatarUid: 2, url: 'ws://127.0.0.1:9/channel', tokenExpiresAt: 4e12 };
  return { grant, signal: new AbortController().signal, clock: systemClock, onEvent: () => undefined };
}

// Node has no WebRTC, nor have some browsers.
it.each([
  ['the default for an emulator', createDefaultChannel(), 'loopback'],
  ['the default for Agora', createDefaultChannel(), 'agora'],
  ['loopbackChannel', loopbackChannel('ws://127.0.0.1:9/channel'), 'loopback'],
  ['agoraChannel', agoraChannel(), 'agora'],
] as const)('says at once that the browser has no WebRTC: %s', async (_name, channel, kind) => {
  await expect(channel.join(optionsOf(kind))).rejects.toMatchObject({ reason: 'channel-unsupported', retryable: false, message: expect.stringMatching(/current Chrome/) as unknown });
});

it('says nothing where there is WebRTC', () => {
  vi.stubGlobal('RTCPeerConnection', class {});
  expect(assertWebRtc).not.toThrow();
});
