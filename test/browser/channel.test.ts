import { afterEach, expect, inject, it as always } from 'vitest';
import type { ChannelConnection, ChannelEvent } from '../../src/channel/channel.js';
import { createLoopbackClient } from '../../src/channel/loopback/createLoopbackClient.js';
import type { LoopbackClient, LoopbackUser } from '../../src/channel/loopback/LoopbackClient.js';
import { loopbackChannel } from '../../src/channel/loopbackChannel.js';
import { systemClock } from '../../src/clock/clock.js';
import type { ChannelGrant } from '../../src/grant/grant.js';
import { createPattern, createTone, type MediaSource } from './support/mediaSources.js';
import { ENGINE, HAS_WEBRTC } from './support/engine.js';

const it = always.runIf(HAS_WEBRTC);

const [VIEWER_UID, AVATAR_UID] = [7, 42];
/** Numbers come every second or two, on a busy machine later. */
const PATIENT = { timeout: 20_000 };

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

let rooms = 0;
const newRoom = () => `channel-${performance.timeOrigin}-${++rooms}`;
const keep = (source: MediaSource) => (cleanUps.push(() => source.close()), source.track);

async function enter(room: string, uid: number, token = 'token'): Promise<LoopbackClient> {
  const client = createLoopbackClient(inject('channelUrl'));
  cleanUps.push(() => client.leave());
  await client.join('app', room, token, uid);
  return client;
}

/** Somebody with a face and a voice, under the avatar's uid. */
async function enterAvatar(room: string): Promise<LoopbackClient> {
  const client = await enter(room, AVATAR_UID);
  const [sound, picture] = [keep(await createTone()), keep(createPattern())];
  await client.publish([
    { trackMediaType: 'audio', getMediaStreamTrack: () => sound },
    { trackMediaType: 'video', getMediaStreamTrack: () => picture },
  ]);
  return client;
}

interface Joined {
  readonly connection: ChannelConnection;
  readonly events: readonly ChannelEvent[];
  types(): string[];
}

async function join(room: string, options: { readonly channel?: ReturnType<typeof loopbackChannel>; readonly token?: string } = {}): Promise<Joined> {
  const url = inject('channelUrl');
  const { channel = loopbackChannel(url, { volumeIndicatorIntervalMs: 200 }), token = 'token' } = options;
  const grant: ChannelGrant = { kind: 'loopback', appId: 'app', channel: room, token, uid: VIEWER_UID, avatarUid: AVATAR_UID, tokenExpiresAt: 4e12, url };
  const events: ChannelEvent[] = [];
  const connection = await channel.join({ grant, signal: new AbortController().signal, clock: systemClock, onEvent: (event) => events.push(event) });
  cleanUps.push(() => connection.leave());
  return { connection, events, types: () => events.map((event) => event.type) };
}

async function expireTokens(room: string, delayMs?: number): Promise<void> {
  const url = new URL('/_emulator/faults', inject('channelUrl').replace(/^ws/, 'http'));
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ fault: 'token-expire', session: room, delayMs }) });
  expect(await response.json()).toMatchObject({ fault: 'token-expire' });
}

it('measures sound and picture of the avatar, and how well the connection carries', async () => {
  const room = newRoom();
  await enterAvatar(room);
  const { connection, events } = await join(room);
  await expect.poll(async () => (await connection.getStats()).videoFreezeRate, PATIENT).not.toBeNull();
  await expect.poll(async () => (await connection.getStats()).receiveBitsPerSecond, PATIENT).toBeGreaterThan(5000);
  const stats = await connection.getStats();
  expect(stats.roundTripMs).toBeGreaterThan(0);
  expect(stats.audioDelayMs).toBeGreaterThan(0);
  expect(stats.audioLossRate).toBeGreaterThanOrEqual(0);
  expect(stats.videoLossRate).toBeLessThanOrEqual(1);
  await expect.poll(() => events.findLast((event) => event.type === 'network-quality')?.downlink, PATIENT).toBeGreaterThanOrEqual(1);
});

it('tells how loud the avatar and this page are, and nothing of those who are silent', async () => {
  const room = newRoom();
  await enterAvatar(room);
  const { connection, events } = await join(room);
  const levelOf = (uid: number) =>
    Math.max(0, ...events.flatMap((event) => (event.type === 'volume' ? event.levels.filter((level) => level.uid === uid).map(({ level }) => level) : [])));
  await expect.poll(() => levelOf(AVATAR_UID), PATIENT).toBeGreaterThan(0.05);
  expect(levelOf(VIEWER_UID)).toBe(0);
  // Firefox tells no level of what it sends, so an emulator's room shows this page as silent.
  if (ENGINE === 'firefox') return;
  await connection.publish(keep(await createTone()));
  await expect.poll(() => levelOf(VIEWER_UID), PATIENT).toBeGreaterThan(0.05);
});

it('mixes two sounds into one, and goes on with the other when one is taken back', async () => {
  const room = newRoom();
  const witness = await enter(room, 99);
  const { connection } = await join(room);
  const [low, high] = [500, 2000];
  await connection.publish(keep(await createTone(low)));
  const unpublishHigh = await connection.publish(keep(await createTone(high)));
  await expect.poll(() => witness.remoteUsers.some((user) => user.hasAudio), PATIENT).toBe(true);
  const loudness = await listen(witness, VIEWER_UID);
  await expect.poll(() => loudness(low) > -60 && loudness(high) > -60, PATIENT).toBe(true);
  await unpublishHigh();
  await expect.poll(() => loudness(low) > -60 && loudness(high) < -75, PATIENT).toBe(true);
});

it('is warned of a token that ends and takes a fresh one', async () => {
  const room = newRoom();
  const { connection, types } = await join(room);
  await expireTokens(room);
  await expect.poll(types, PATIENT).toContain('token-expire');
  await connection.renewToken('fresh');
  await connection.send(new TextEncoder().encode('still here'));
  await expect(connection.renewToken('expired')).rejects.toMatchObject({ reason: 'channel-failed' });
});

it('is put out when its token is over, and joins again with a fresh one', async () => {
  const room = newRoom();
  const channel = loopbackChannel(inject('channelUrl'));
  const late = await join(room, { channel });
  await expireTokens(room, 0);
  await expect.poll(late.types, PATIENT).toContain('disconnect');
  expect(late.events.at(-1)).toMatchObject({ type: 'disconnect', error: { reason: 'channel-token-expired', retryable: true } });

  // With a fresh grant the same channel takes the page in again, and the avatar is seen.
  const again = await join(room, { channel, token: 'fresh' });
  await enterAvatar(room);
  await expect.poll(again.types, PATIENT).toContain('video');
});

it('keeps two rooms in one page apart', async () => {
  const rooms = [newRoom(), newRoom()] as const;
  const channel = loopbackChannel(inject('channelUrl'));
  const [first, second] = [await join(rooms[0], { channel }), await join(rooms[1], { channel })];
  expect(first.connection.native).not.toBe(second.connection.native);
  await enterAvatar(rooms[0]);
  await expect.poll(first.types, PATIENT).toContain('video');
  expect(second.types()).not.toContain('avatar-join');
  await first.connection.leave();
  await enterAvatar(rooms[1]);
  await expect.poll(second.types, PATIENT).toContain('video');
  await second.connection.send(new TextEncoder().encode('still here'));
});

/** @returns loudness around a frequency as received from a member, in dB */
async function listen(client: LoopbackClient, uid: number): Promise<(frequencyHz: number) => number> {
  const user = client.remoteUsers.find((other): other is LoopbackUser => other.uid === uid);
  if (!user) throw new Error('not in the room');
  await client.subscribe(user, 'audio');
  // Chromium decodes a remote track only while an element plays it.
  user.audioTrack?.play();
  const context = new AudioContext();
  cleanUps.push(() => context.close());
  await context.resume();
  const track = user.audioTrack?.getMediaStreamTrack();
  if (!track) throw new Error('no sound');
  const analyser = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 });
  new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(analyser);
  return (frequencyHz) => {
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const middle = Math.round((frequencyHz / context.sampleRate) * analyser.fftSize);
    return Math.max(...bins.subarray(middle - 3, middle + 4));
  };
}
