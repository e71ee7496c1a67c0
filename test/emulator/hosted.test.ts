import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEmulator, type Emulator } from '../../src/emulator.js';
import { callLive, createLive, joinAsViewer, sessionsOf, statusOf, untilReady, type LiveViewer } from './liveClient.js';
import { createMicrophone, recording, type Microphone } from './microphone.js';
import { postFault } from './nodeClient.js';
import { listenTo } from './roomClient.js';
import { bestCorrelation, envelopeOf } from './speech.js';

const RATE_HZ = 16_000;
const CLIP = 'Hello! I can hear you well.';
/** Two seconds of speech, with a little quiet before and after. */
const sentence = recording.subarray(3 * RATE_HZ, 5.2 * RATE_HZ);
const patient = { timeout: 15_000, interval: 20 };
let emulator: Emulator;
const viewers: LiveViewer[] = [];
const microphones: Microphone[] = [];

beforeEach(async () => {
  emulator = await startEmulator({ nodes: 1, liveSessionStepMs: 20 });
});
afterEach(async () => {
  for (const microphone of microphones.splice(0)) microphone.stop();
  for (const viewer of viewers.splice(0)) await viewer.room.close();
  await emulator.close();
});

async function join(...args: Parameters<typeof joinAsViewer>): Promise<LiveViewer> {
  const viewer = await joinAsViewer(...args);
  viewers.push(viewer);
  return viewer;
}

async function publish(viewer: LiveViewer): Promise<Microphone> {
  const microphone = createMicrophone();
  microphones.push(microphone);
  viewer.room.outgoing.set('audio', microphone.track);
  expect((await viewer.room.request({ type: 'publish', media: 'audio' })).type).toBe('done');
  return microphone;
}

/** A session that is ready, somebody in its room, and their microphone. */
async function meet(body: object = {}) {
  const { id, place } = await createLive(emulator, body);
  await untilReady(emulator, id);
  const viewer = await join(emulator, place);
  return { id, viewer, microphone: await publish(viewer) };
}

/** Loudness over 100 ms, each 10 ms: the engine stretches sound by some tens of milliseconds when it comes late. */
function loudness(samples: Int16Array, rateHz: number): number[] {
  const envelope = envelopeOf(samples, rateHz);
  return envelope.map((_, at) => envelope.slice(Math.max(0, at - 4), at + 6).reduce((sum, value) => sum + value, 0));
}

const report = async (id: string) => (await sessionsOf(emulator)).find((session) => session.id === id);
const chat = (text: string, mid = 'c-1') => ({ type: 'chat', mid, idx: 0, fin: true, pld: { text } });
const command = (mid: string, cmd: string, data?: object) => ({ type: 'command', mid, pld: { cmd, ...(data ? { data } : {}) } });

describe('a hosted avatar that is spoken to', () => {
  it('says how long it heard somebody speak and answers with a sentence, whose text is what it says', async () => {
    const { id, viewer, microphone } = await meet();
    microphone.say(sentence);
    await vi.waitFor(() => expect(viewer.events()).toEqual(['audio_start', 'audio_end']), patient);
    expect(viewer.textOf('user')).toMatch(/^\(\d\.\d s of speech\)$/);
    expect(Math.abs(parseFloat(viewer.textOf('user').slice(1)) - 2)).toBeLessThan(0.3);
    expect(viewer.textOf('bot')).toBe(CLIP);
    const bot = viewer.messages().filter(({ pld }) => pld['from'] === 'bot');
    expect(bot.map(({ idx, fin }) => [idx, fin])).toEqual([[0, true]]);
    expect(await report(id)).toMatchObject({ vendor: 'akool-live', state: 'joined', node: null, avatarId: 'a-1', channel: `live-${id}`, interrupts: 0, texts: 0, speaking: false });
    const wav = await (await fetch(`${emulator.url}/_emulator/sessions/${id}/audio.wav`)).arrayBuffer();
    const heard = new Int16Array(wav.slice(44));
    // A busy machine stretches what a real connection carries; another sentence would come to 0.3.
    expect(bestCorrelation(loudness(heard, RATE_HZ), loudness(sentence, RATE_HZ))).toBeGreaterThan(0.6);
    expect((await report(id))?.receivedBytes).toBeGreaterThanOrEqual(heard.length * 2);
    await callLive(emulator, 'POST', '/v4/liveAvatar/session/close', { id });
    expect(await report(id)).toMatchObject({ state: 'closed', closeCode: null });
  });

  it('repeats in retelling mode what it heard, and switches modes with set-params', async () => {
    const { id, viewer, microphone } = await meet({ mode_type: 2 });
    viewer.send(command('p-1', 'set-params', { mode: 1 }));
    const avatar = viewer.others[0] ?? 0;
    expect((await viewer.room.request({ type: 'subscribe', uid: avatar, media: 'audio' })).type).toBe('done');
    const track = viewer.room.track(avatar, 'audio');
    if (!track) throw new Error('no track');
    const sound = listenTo(track);
    microphone.say(sentence);
    await vi.waitFor(() => expect(viewer.events()).toEqual(['audio_start', 'audio_end']), patient);
    expect(bestCorrelation(loudness(sound.samples(), sound.rateHz()), loudness(sentence, RATE_HZ))).toBeGreaterThan(0.8);
    sound.stop();
    expect(viewer.textOf('bot')).toBe(viewer.textOf('user'));
    expect((await report(id))?.params).toEqual({ mode: 1 });
  });

  it('falls silent when it is spoken to and drops the rest of its reply, then answers', async () => {
    const { id, viewer, microphone } = await meet();
    const text = 'I was asked a very long question which I now repeat. '.repeat(17);
    // Eight data messages: the reply takes many seconds to say and to write.
    for (let idx = 0; idx < 8; idx++) viewer.send({ type: 'chat', mid: 'long', idx, fin: idx === 7, pld: { text } });
    await vi.waitFor(() => expect(viewer.events()).toEqual(['audio_start']), patient);
    microphone.say(sentence);
    await vi.waitFor(() => expect(viewer.events()).toEqual(['audio_start', 'audio_end', 'audio_start', 'audio_end']), patient);
    const bot = viewer.messages().filter(({ pld }) => pld['from'] === 'bot');
    const first = bot.filter(({ mid }) => mid === bot[0]?.mid);
    expect(first.some(({ fin }) => fin)).toBe(false);
    expect(bot.at(-1)?.pld['text']).toBe(CLIP);
    expect(bot.findLastIndex(({ mid }) => mid === bot[0]?.mid)).toBe(first.length - 1);
    expect(await report(id)).toMatchObject({ interrupts: 1, texts: 1 });
  });

  it('hears who publishes again, and takes what was said before somebody unpublished', async () => {
    const { id, viewer, microphone } = await meet({ mode_type: 2 });
    microphone.say(recording.subarray(3 * RATE_HZ));
    await vi.waitFor(async () => expect((await report(id))?.receivedMs).toBeGreaterThan(1_500), patient);
    expect((await viewer.room.request({ type: 'unpublish', media: 'audio' })).type).toBe('done');
    await vi.waitFor(() => expect(viewer.textOf('bot')).toBe(CLIP), patient);
    const before = (await report(id))?.receivedMs;
    await vi.waitFor(() => expect(viewer.events()).toEqual(['audio_start', 'audio_end']), patient);
    expect((await report(id))?.receivedMs).toBe(before);
    microphone.stop();
    (await publish(viewer)).say(sentence);
    await vi.waitFor(() => expect(viewer.textOf('bot')).toBe(`${CLIP}That is interesting. Please go on.`), patient);
  });

  it('comes to a room of the caller, hears whoever published before, and takes data messages there', async () => {
    const viewer = await join(emulator, { appId: 'loopback', channel: 'mine', uid: 42 });
    const microphone = await publish(viewer);
    // Without an app id: the room's app is the companion server's.
    const { id } = await createLive(emulator, { credentials: { agora_uid: 900, agora_channel: 'mine', agora_token: 'tok' } });
    await untilReady(emulator, id);
    expect(await viewer.room.next('user-joined')).toMatchObject({ uid: 900 });
    expect(await report(id)).toMatchObject({ channel: 'mine', uid: 900 });
    viewer.send(command('p-1', 'set-action', { action: 'nod' }));
    await vi.waitFor(() => expect(viewer.messages()).toMatchObject([{ type: 'command', mid: 'p-1', pld: { code: 1000 } }]), patient);
    microphone.say(sentence);
    await vi.waitFor(() => expect(viewer.textOf('bot')).toBe(CLIP), patient);
    // A token that the room refuses fails the session, as it does for a browser.
    const { id: late } = await createLive(emulator, { credentials: { agora_uid: 901, agora_channel: 'mine', agora_token: 'expired' } });
    await vi.waitFor(async () => expect(await statusOf(emulator, late)).toBe(4), patient);
  });

  it('is not struck by a browser that vanishes in the middle of a word, and hears the next one', async () => {
    const { id, viewer, microphone } = await meet();
    microphone.say(recording.subarray(3 * RATE_HZ));
    await vi.waitFor(async () => expect((await report(id))?.receivedMs).toBeGreaterThan(800), patient);
    await viewer.room.close();
    viewers.splice(0);
    const next = await join(emulator, { appId: 'emulator', channel: `live-${id}`, uid: 77 });
    (await publish(next)).say(sentence);
    await vi.waitFor(() => expect(next.textOf('user')).toMatch(/s of speech/), patient);
    expect(await statusOf(emulator, id)).toBe(3);
  });
});

describe('faults of a hosted avatar', () => {
  async function meetInText(body: object = { mode_type: 1 }) {
    const { id, place } = await createLive(emulator, body);
    await untilReady(emulator, id);
    return { id, viewer: await join(emulator, place) };
  }

  it('avatar-leaves takes the avatar out of its room and fails the session, which can still be closed', async () => {
    const { id, viewer } = await meetInText();
    expect(await postFault(emulator, { fault: 'avatar-leaves', session: 'other' })).toEqual({ fault: 'avatar-leaves', struck: 0, armed: false });
    expect(await postFault(emulator, { fault: 'avatar-leaves', vendor: 'akool-live' })).toMatchObject({ struck: 1 });
    expect(await viewer.room.next('user-left')).toMatchObject({ uid: viewer.others[0] });
    expect(await statusOf(emulator, id)).toBe(4);
    expect((await callLive(emulator, 'POST', '/v4/liveAvatar/session/close', { id })).code).toBe(1000);
    expect(await report(id)).toMatchObject({ state: 'closed' });
  });

  it('session-expires ends the session at the vendor', async () => {
    const { id, viewer } = await meetInText();
    expect(await postFault(emulator, { fault: 'session-expires', session: id })).toMatchObject({ struck: 1, armed: false });
    await viewer.room.next('user-left');
    expect(await statusOf(emulator, id)).toBe(1219);
    expect(await report(id)).toMatchObject({ state: 'closed' });
  });

  it('swallow-ack carries the next command out and says nothing', async () => {
    const { id, viewer } = await meetInText({ mode_type: 1 });
    await postFault(emulator, { fault: 'swallow-ack', session: id });
    viewer.send(command('p-1', 'set-params', { mode: 2 }));
    viewer.send(command('p-2', 'interrupt'));
    await vi.waitFor(() => expect(viewer.messages().map(({ mid }) => mid)).toEqual(['p-2']), patient);
    viewer.send(chat('hello'));
    await vi.waitFor(() => expect(viewer.textOf('bot')).toBe('You said: hello'), patient);
  });

  it('malformed-message is sent at once, or with the next message of a client', async () => {
    const early = await createLive(emulator);
    expect(await postFault(emulator, { fault: 'malformed-message', session: early.id })).toMatchObject({ struck: 0, armed: true });
    await untilReady(emulator, early.id);
    const viewer = await join(emulator, early.place);
    viewer.send(command('p-1', 'interrupt'));
    await vi.waitFor(() => expect(viewer.messages()).toHaveLength(1), patient);
    expect(viewer.damaged()).toHaveLength(1);
    expect(await postFault(emulator, { fault: 'malformed-message', vendor: 'akool-live' })).toMatchObject({ struck: 1, armed: false });
    await vi.waitFor(() => expect(viewer.damaged()).toHaveLength(2), patient);
  });

  it('slow-reply delays the answer, and an interrupt in the meantime takes it back', async () => {
    const { id, viewer } = await meetInText();
    await postFault(emulator, { fault: 'slow-reply', delayMs: 300, session: id });
    const askedAtMs = performance.now();
    viewer.send(chat('first', 'c-1'));
    await vi.waitFor(() => expect(viewer.textOf('bot')).toBe('first'), patient);
    expect(performance.now() - askedAtMs).toBeGreaterThan(290);
    await postFault(emulator, { fault: 'slow-reply', delayMs: 60_000, session: id });
    viewer.send(chat('never', 'c-2'));
    viewer.send(command('p-1', 'interrupt'));
    viewer.send(chat('third', 'c-3'));
    await vi.waitFor(() => expect(viewer.textOf('bot')).toBe('firstthird'), patient);
  });
});
