// Source: agora-rtc-react 2.5.1 in node_modules, run as it is: what the adapter takes for granted of the SDK inside.
import AgoraRTC, { type IAgoraRTCClient } from 'agora-rtc-react';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { agoraChannel } from '../../src/channel/agora/agoraChannel.js';
import { sendError } from '../../src/channel/agora/channelError.js';
import { createSdkEngine } from '../../src/channel/agora/createSdkEngine.js';
import { lacksAiClientMode } from '../../src/channel/agora/lacksAiClientMode.js';
import type { ChannelEvent } from '../../src/channel/channel.js';
import { createLoopbackClient } from '../../src/channel/loopback/createLoopbackClient.js';
import { systemClock } from '../../src/clock/clock.js';
import type { ChannelGrant } from '../../src/grant/grant.js';
import { createPattern, createTone, type MediaSource } from './support/mediaSources.js';
import { HAS_WEBRTC } from './support/engine.js';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

AgoraRTC.setLogLevel(4);
const engine = createSdkEngine(AgoraRTC, { createClient: (sdk) => sdk.createClient({ mode: 'rtc', codec: 'vp8' }), encoderConfig: 'speech_standard' });
const keep = (source: MediaSource) => (cleanUps.push(() => source.close()), source.track);
const grant: ChannelGrant = { kind: 'agora', appId: 'app', channel: `sdk-${performance.timeOrigin}`, token: 'token', uid: 7, tokenExpiresAt: 4e12 };

describe('the SDK that agora-rtc-react carries', () => {
  it('has every member that the adapter touches, those that its d.ts hides as well', () => {
    const client = engine.createClient();
    const members = [
      'join', 'leave', 'subscribe', 'publish', 'unpublish', 'renewToken', 'sendStreamMessage', 'enableAudioVolumeIndicator', 'getRTCStats',
      'getRemoteAudioStats', 'getRemoteVideoStats', 'setClientRole', 'setEncryptionConfig', 'setRemoteVideoStreamType', 'setStreamFallbackOption', 'on', 'off',
    ] as const;
    expect(members.filter((member) => typeof client[member] !== 'function')).toEqual([]);
    expect(client).toMatchObject({ mode: 'rtc', connectionState: 'DISCONNECTED', remoteUsers: [] });
    engine.setVolumeInterval(500);
  });

  it('lets go of a published track without stopping it, and the page can stop it afterwards', async () => {
    for (const track of [keep(await createTone()), keep(createPattern())]) {
      const local = engine.createLocalTrack(track);
      expect(local.trackMediaType).toBe(track.kind);
      engine.closeLocalTrack(local);
      expect(track.readyState).toBe('live');
      track.stop();
      expect(track.readyState).toBe('ended');
    }
  });

  it('refuses a message without a room in a way that is understood', async () => {
    const refused = await engine.createClient().sendStreamMessage(new Uint8Array([1])).catch(sendError);
    expect(refused).toMatchObject({ reason: 'connection-lost' });
  });

  it('takes the encryption that the channel lets pass', () => {
    const client = engine.createClient();
    client.setEncryptionConfig?.('aes-256-gcm2', 'Correct-Horse-1', new Uint8Array(32), true);
    client.setEncryptionConfig?.('sm4-128-ecb', 'Correct-Horse-1');
    expect(() => client.setEncryptionConfig?.('aes-256-gcm2', 'Correct-Horse-1', new Uint8Array(31))).toThrow();
  });

  it('gives its place for blocked sound back, whoever leaves first', () => {
    const own = () => undefined;
    AgoraRTC.onAutoplayFailed = own;
    const stops = [engine.onAutoplayFailed(() => undefined), createSdkEngine(AgoraRTC, { createClient: (sdk) => sdk.createClient({ mode: 'rtc', codec: 'vp8' }), encoderConfig: undefined }).onAutoplayFailed(() => undefined)];
    expect(AgoraRTC.onAutoplayFailed).not.toBe(own);
    for (const stop of stops) stop();
    expect(AgoraRTC.onAutoplayFailed).toBe(own);
  });

  it('is too old for the mode for voice agents, so the channel says that it goes without', () => {
    expect(lacksAiClientMode(AgoraRTC.VERSION)).toBe(true);
  });
});

describe('agoraChannel with a client of the application', () => {
  it.runIf(HAS_WEBRTC)('joins, publishes through the SDK and leaves, and the application may use its client again', async () => {
    // The emulator's client stands in for one that agora-rtc-react made: here is no vendor to join.
    const client = createLoopbackClient(inject('channelUrl'));
    const heard: string[] = [];
    client.on('connection-state-change', (state: string) => heard.push(state));
    const events: ChannelEvent[] = [];
    const channel = agoraChannel({ client: client as unknown as IAgoraRTCClient, volumeIndicatorIntervalMs: 0, audioProfile: { bitrateKbps: 32 } });
    const join = () => channel.join({ grant, signal: new AbortController().signal, clock: systemClock, onEvent: (event) => events.push(event) });
    const connection = await join();
    await expect(join()).rejects.toMatchObject({ reason: 'channel-failed', retryable: false });
    const track = keep(await createTone());
    const unpublish = await connection.publish(track);
    expect(client.localTracks.map((local) => local.trackMediaType)).toEqual(['audio']);
    await unpublish();
    expect(client.localTracks).toEqual([]);
    await connection.leave();
    expect(track.readyState).toBe('live');
    expect(events.map((event) => event.type)).toEqual(['connect']);
    expect(heard).toEqual(['CONNECTING', 'CONNECTED', 'DISCONNECTING', 'DISCONNECTED']);
    await (await join()).leave();
  });
});
