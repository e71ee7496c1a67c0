// Source: rtc-sdk_en.d.ts of agora-rtc-react 2.5.1. What the SDK is told is written down in the place of its own methods.
import AgoraRTC, { type IAgoraRTCClient } from 'agora-rtc-react';
import { afterEach, beforeEach, expect, inject, it, vi } from 'vitest';
import { agoraChannel, type AgoraChannelOptions } from '../../src/channel/agora/agoraChannel.js';
import type { ChannelEvent } from '../../src/channel/channel.js';
import { createLoopbackClient } from '../../src/channel/loopback/createLoopbackClient.js';
import { systemClock } from '../../src/clock/clock.js';
import type { ChannelGrant } from '../../src/grant/grant.js';
import { HAS_WEBRTC } from './support/engine.js';

const NAMES = ['setLogLevel', 'setArea', 'enableLogUpload', 'disableLogUpload'] as const;
let told: [name: string, ...values: unknown[]][] = [];

beforeEach(() => {
  told = [];
  for (const name of NAMES) vi.spyOn(AgoraRTC, name).mockImplementation((...values: unknown[]) => void told.push([name, ...values]));
  // The emulator's client stands in for the SDK's: here is no vendor to join.
  vi.spyOn(AgoraRTC, 'createClient').mockImplementation((config) => {
    told.push(['createClient', config]);
    return createLoopbackClient(inject('channelUrl')) as unknown as IAgoraRTCClient;
  });
});
afterEach(() => void vi.restoreAllMocks());

async function join(options: AgoraChannelOptions): Promise<ChannelEvent[]> {
  const grant: ChannelGrant = { kind: 'agora', appId: 'app', channel: `page-${performance.timeOrigin}`, token: 'token', uid: 7, tokenExpiresAt: 4e12 };
  const events: ChannelEvent[] = [];
  const channel = agoraChannel({ volumeIndicatorIntervalMs: 0, ...options });
  const connection = await channel.join({ grant, signal: new AbortController().signal, clock: systemClock, onEvent: (event) => events.push(event) });
  await connection.leave();
  return events;
}

it.runIf(HAS_WEBRTC)('leaves the console and the regions as the page has set them, and sends no log anywhere', async () => {
  const events = await join({});
  expect(told).toEqual([['disableLogUpload'], ['createClient', { mode: 'rtc', codec: 'vp8' }]]);
  expect(events.filter(({ type }) => type === 'error')).toEqual([]);
});

it.runIf(HAS_WEBRTC)('sets what is asked for, before the client is made', async () => {
  await join({ codec: 'h264', logLevel: 'warning', area: ['EUROPE', 'JAPAN'], uploadLogs: true });
  expect(told).toEqual([['enableLogUpload'], ['setLogLevel', 2], ['setArea', ['EUROPE', 'JAPAN']], ['createClient', { mode: 'rtc', codec: 'h264' }]]);
});

it.runIf(HAS_WEBRTC)('takes one region as it is written', async () => {
  await join({ area: 'GLOBAL' });
  expect(told).toContainEqual(['setArea', ['GLOBAL']]);
});

it.runIf(HAS_WEBRTC)('passes the mode for voice agents on, and says that this SDK goes without', async () => {
  const events = await join({ aiClientMode: true });
  expect(told).toContainEqual(['createClient', { mode: 'rtc', codec: 'vp8', aiClientMode: true }]);
  expect(events.filter(({ type }) => type === 'error')).toEqual([{ type: 'error', error: expect.objectContaining({ reason: 'channel-failed', retryable: false }) }]);
});
