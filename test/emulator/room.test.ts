// Source: src/channel/loopback/messages.ts, the contract of the rooms; media through the WebRTC engine in Node.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEmulator, type Emulator } from '../../src/emulator.js';
import { isMouthInterior, mouthRegion } from '../../src/emulator/face/mouthRegion.js';
import { chat, discover, interrupt, isAck, isStatus, joinNode, setParams, type NodeClient } from './nodeClient.js';
import { createTone, join, listenTo, nonstandard, openRoom, watch, type Picture, type RoomClient } from './roomClient.js';
import { bestCorrelation, envelopeOf, makeSpeech } from './speech.js';

const AVATAR = 7001;
const CHUNK_SAMPLES = 1024;

let emulator: Emulator;
let ports: number[];
const open: RoomClient[] = [];

beforeEach(async () => {
  emulator = await startEmulator({ nodes: 2, reconnectCooldownMs: 0 });
  ports = (await discover(emulator)).map(({ port }) => port);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()));
  await emulator.close();
});

async function enter(uid = 42): Promise<RoomClient> {
  const client = await openRoom(emulator);
  open.push(client);
  expect((await client.request(join(uid))).type).toBe('done');
  return client;
}

async function receive(client: RoomClient, uid: number, media: 'audio' | 'video'): Promise<MediaStreamTrack> {
  expect(await client.request({ type: 'subscribe', uid, media })).toMatchObject({ type: 'done' });
  const track = client.track(uid, media);
  if (!track) throw new Error('no track came with the offer');
  return track;
}

function sendAll(node: NodeClient, samples: Int16Array): void {
  for (let i = 0; i < samples.length; i += CHUNK_SAMPLES) node.send(chat(samples.subarray(i, i + CHUNK_SAMPLES)));
}

/** How many pixels of the mouth's inside a picture shows. */
function mouthArea(picture: Picture | null): number {
  if (!picture) return 0;
  const rgba = new Uint8Array(picture.width * picture.height * 4);
  nonstandard.i420ToRgba(picture, { width: picture.width, height: picture.height, data: rgba });
  let count = 0;
  for (let y = mouthRegion.y; y < mouthRegion.y + mouthRegion.height; y++) {
    for (let x = mouthRegion.x; x < mouthRegion.x + mouthRegion.width; x++) {
      const i = (y * picture.width + x) * 4;
      if (isMouthInterior(rgba[i] ?? 255, rgba[i + 1] ?? 255, rgba[i + 2] ?? 255)) count++;
    }
  }
  return count;
}

describe('an avatar in a room', () => {
  it('shows its face at 512x512 and 25 frames a second, says exactly what its node is sent, and moves its mouth with it', async () => {
    const viewer = await enter();
    const node = await joinNode(ports[0] ?? 0);
    await viewer.next('user-joined');
    expect([(await viewer.next('user-published')).media, (await viewer.next('user-published')).media].sort()).toEqual(['audio', 'video']);
    const [video, audio] = await Promise.all([receive(viewer, AVATAR, 'video'), receive(viewer, AVATAR, 'audio')]);
    const picture = watch(video);
    const sound = listenTo(audio);
    await vi.waitFor(() => expect(picture.count()).toBeGreaterThan(0), { timeout: 5000 });
    expect(picture.latest()).toMatchObject({ width: 512, height: 512 });
    const closedArea = mouthArea(picture.latest());

    // A receiver stretches its first second of sound until voice and picture are in step.
    await vi.waitFor(() => expect(envelopeOf(sound.samples(), sound.rateHz()).length).toBeGreaterThan(120), { timeout: 5000 });

    const speech = makeSpeech(2000);
    const countBefore = picture.count();
    const startedMs = performance.now();
    sendAll(node, speech);
    let widest = 0;
    // The measuring shares a thread with the avatar: little of it while the avatar speaks.
    await vi.waitFor(
      () => {
        widest = Math.max(widest, mouthArea(picture.latest()));
        expect(performance.now() - startedMs).toBeGreaterThan(3000);
      },
      { timeout: 5000, interval: 100 },
    );
    const rate = ((picture.count() - countBefore) * 1000) / (performance.now() - startedMs);
    expect(rate).toBeGreaterThan(20);
    expect(rate).toBeLessThan(28);
    expect(widest).toBeGreaterThan(closedArea + 300);
    const heard = envelopeOf(sound.samples(), sound.rateHz());
    expect(bestCorrelation(heard, envelopeOf(speech, 16_000))).toBeGreaterThan(0.9);
    sound.stop();
    picture.stop();
  });

  it('falls silent and closes its mouth on interrupt, although minutes are still queued', async () => {
    const viewer = await enter();
    const node = await joinNode(ports[0] ?? 0);
    const picture = watch(await receive(viewer, AVATAR, 'video'));
    const sound = listenTo(await receive(viewer, AVATAR, 'audio'));
    const speech = makeSpeech(2000);
    for (let i = 0; i < 60; i++) sendAll(node, speech);
    const loud = () => envelopeOf(sound.samples(), sound.rateHz()).slice(-20).some((rms) => rms > 500);
    await vi.waitFor(() => expect(loud()).toBe(true), { timeout: 5000 });
    await vi.waitFor(() => expect(mouthArea(picture.latest())).toBeGreaterThan(300), { timeout: 5000 });
    node.send(interrupt('i-1'));
    await node.next(isAck('i-1'));
    const interruptedAt = sound.samples().length;
    await vi.waitFor(() => expect(loud()).toBe(false), { timeout: 5000 });
    const tail = envelopeOf(sound.samples().subarray(interruptedAt), sound.rateHz());
    const lastLoud = tail.findLastIndex((rms) => rms > 500);
    // 10 ms each: what the receiver's own jitter buffer still held, in a process that both ends share.
    expect(lastLoud).toBeLessThan(60);
    await vi.waitFor(() => expect(mouthArea(picture.latest())).toBeLessThan(60), { timeout: 2000 });
    const [session] = await (await fetch(`${emulator.url}/_emulator/sessions`)).json();
    expect(session).toMatchObject({ interrupts: 1, speaking: false, receivedMs: 120_000 });
  });

  it('is announced, and gone as soon as the socket of its node goes', async () => {
    const viewer = await enter();
    const node = await joinNode(ports[0] ?? 0);
    expect(await viewer.next('user-joined')).toEqual({ type: 'user-joined', uid: AVATAR });
    await receive(viewer, AVATAR, 'video');
    node.socket.terminate();
    expect((await viewer.next('user-unpublished')).uid).toBe(AVATAR);
    expect((await viewer.next('user-left')).uid).toBe(AVATAR);
    await vi.waitFor(() => expect(viewer.sections()).toEqual({}));
  });

  it('takes over when it comes back under its uid from another node, in the sections that were freed', async () => {
    const viewer = await enter();
    await joinNode(ports[0] ?? 0);
    await receive(viewer, AVATAR, 'video');
    await receive(viewer, AVATAR, 'audio');
    const mids = Object.keys(viewer.sections()).sort();
    await joinNode(ports[1] ?? 0, { session: 's-2' });
    await viewer.next('user-left');
    const picture = watch(await receive(viewer, AVATAR, 'video'));
    await receive(viewer, AVATAR, 'audio');
    await vi.waitFor(() => expect(picture.count()).toBeGreaterThan(0), { timeout: 5000 });
    expect(Object.keys(viewer.sections()).sort()).toEqual(mids);
    picture.stop();
  });

  it('leaves the old room when its node is sent to another one', async () => {
    const viewer = await enter();
    const node = await joinNode(ports[0] ?? 0);
    await viewer.next('user-joined');
    node.send(setParams('p-2', { agora: { channel_id: 'room-2' } }));
    await node.next(isStatus('agora_connected'));
    expect(await viewer.next('user-left')).toMatchObject({ uid: AVATAR, reason: 'Quit' });
  });
});

describe('a room', () => {
  it('tells a newcomer who is there and what they publish', async () => {
    await joinNode(ports[0] ?? 0);
    const viewer = await openRoom(emulator);
    open.push(viewer);
    expect(await viewer.request(join(42))).toEqual({ type: 'done', request: 1, uid: 42, users: [{ uid: AVATAR, hasAudio: true, hasVideo: true }] });
  });

  it('passes a browser\'s sound on to another browser', async () => {
    const speaker = await enter(1);
    const listener = await enter(2);
    const tone = createTone();
    const stop = tone.start();
    speaker.outgoing.set('audio', tone.track);
    expect((await speaker.request({ type: 'publish', media: 'audio' })).type).toBe('done');
    expect(await listener.next('user-published')).toEqual({ type: 'user-published', uid: 1, media: 'audio' });
    const sound = listenTo(await receive(listener, 1, 'audio'));
    await vi.waitFor(() => expect(envelopeOf(sound.samples(), sound.rateHz()).some((rms) => rms > 2000)).toBe(true), { timeout: 5000 });
    expect((await speaker.request({ type: 'unpublish', media: 'audio' })).type).toBe('done');
    expect(await listener.next('user-unpublished')).toMatchObject({ uid: 1, media: 'audio' });
    stop();
    sound.stop();
    tone.track.stop();
  });

  it('answers a browser that cannot make up its mind whether to publish, and publishes once', async () => {
    const speaker = await enter(1);
    const listener = await enter(2);
    const publish = () => speaker.request({ type: 'publish', media: 'audio' });
    const unpublish = () => speaker.request({ type: 'unpublish', media: 'audio' });
    const answers = await Promise.all([publish(), unpublish(), publish(), unpublish(), publish()]);
    expect(answers.map(({ type }) => type)).toEqual(['fail', 'done', 'fail', 'done', 'done']);
    await listener.next('user-published');
    expect((await unpublish()).type).toBe('done');
    await listener.next('user-unpublished');
    expect(listener.messages.filter(({ type }) => /published/.test(type))).toHaveLength(2);
  });

  it('passes data messages of up to 1,024 bytes on to the others, and refuses larger ones', async () => {
    const sender = await enter(1);
    const receiver = await enter(2);
    const payload = Buffer.alloc(1024, 7).toString('base64');
    expect((await sender.request({ type: 'message', payload })).type).toBe('done');
    expect(await receiver.next('message')).toEqual({ type: 'message', uid: 1, payload });
    expect(await sender.request({ type: 'message', payload: Buffer.alloc(1025).toString('base64') })).toMatchObject({ type: 'fail', code: 'too-large' });
    expect(sender.messages.some(({ type }) => type === 'message')).toBe(false);
  });

  it('refuses an expired token on join and on renew', async () => {
    const client = await openRoom(emulator);
    open.push(client);
    expect(await client.request(join(42, { token: 'expired' }))).toMatchObject({ type: 'fail', code: 'token-refused' });
    await client.request(join(42));
    expect(await client.request({ type: 'renew', token: 'expired' })).toMatchObject({ type: 'fail', code: 'token-refused' });
    expect(await client.request({ type: 'renew', token: 'fresh' })).toMatchObject({ type: 'done' });
  });

  it('puts the older browser out when another one takes its uid', async () => {
    const older = await enter(42);
    const newer = await enter(42);
    expect(await older.next('kick')).toEqual({ type: 'kick', reason: 'UID_CONFLICT' });
    await older.closed;
    expect((await newer.request({ type: 'message', payload: '' })).type).toBe('done');
  });

  it('refuses a browser that asks for the uid of the avatar', async () => {
    await joinNode(ports[0] ?? 0);
    const client = await openRoom(emulator);
    open.push(client);
    expect(await client.request(join(AVATAR))).toMatchObject({ type: 'fail', code: 'uid-conflict' });
  });

  it('keeps channels and apps apart', async () => {
    await joinNode(ports[0] ?? 0);
    for (const change of [{ channel: 'room-2' }, { appId: 'other' }]) {
      const client = await openRoom(emulator);
      open.push(client);
      expect(await client.request(join(42, change))).toMatchObject({ users: [] });
    }
  });

  it.each([
    [{ type: 'subscribe', uid: 9, media: 'audio' } as const, 'no-such-user'],
    [join(43), 'invalid-request'],
  ])('fails %j with %s', async (request, code) => {
    const client = await enter();
    expect(await client.request(request)).toMatchObject({ type: 'fail', code });
  });

  it('fails a request before join, and one that it cannot read', async () => {
    const client = await openRoom(emulator);
    open.push(client);
    expect(await client.request({ type: 'publish', media: 'audio' })).toMatchObject({ type: 'fail', code: 'not-joined' });
    client.send({ type: 'publish', media: 'smell', request: 99 });
    await vi.waitFor(() => expect(client.messages).toContainEqual(expect.objectContaining({ type: 'fail', request: 99, code: 'invalid-request' })));
    client.send('nonsense');
    expect((await client.closed).code).toBe(1008);
  });

  it('answers every one of many requests made at once, with as few offers as it can', async () => {
    await joinNode(ports[0] ?? 0);
    const client = await enter();
    const answers = await Promise.all([
      client.request({ type: 'subscribe', uid: AVATAR, media: 'video' }),
      client.request({ type: 'subscribe', uid: AVATAR, media: 'audio' }),
      client.request({ type: 'unsubscribe', uid: AVATAR, media: 'video' }),
      client.request({ type: 'subscribe', uid: AVATAR, media: 'video' }),
    ]);
    expect(answers.map(({ type }) => type)).toEqual(['done', 'done', 'done', 'done']);
    expect(Object.values(client.sections()).map((section) => `${section.direction} ${section.media}`).sort()).toEqual(['receive audio', 'receive video']);
    expect(client.offerCount()).toBeLessThanOrEqual(4);
  });

  it('says who leaves on purpose and who just vanishes', async () => {
    const witness = await enter(1);
    const polite = await enter(2);
    polite.send({ type: 'leave' });
    expect(await witness.next('user-left')).toEqual({ type: 'user-left', uid: 2, reason: 'Quit' });
    const rude = await enter(3);
    await rude.close();
    open.pop();
    expect(await witness.next('user-left')).toEqual({ type: 'user-left', uid: 3, reason: 'ServerTimeOut' });
  });
});
