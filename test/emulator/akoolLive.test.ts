import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator } from '../../src/emulator.js';
import { createAkoolClient, type AkoolClient } from '../../src/server.js';
import { joinLiveRoom, type LiveRoom } from './akoolLiveRoom.js';

const BASE = '/api/open/v4/liveAvatar/session';
let emulator: Emulator;
let akool: AkoolClient;
const rooms: LiveRoom[] = [];

beforeEach(async () => {
  emulator = await startEmulator({ nodes: 1, liveSessionStepMs: 20 });
  akool = createAkoolClient({ apiKey: emulator.apiKey, baseUrl: emulator.akoolApiUrl });
});
afterEach(async () => {
  for (const room of rooms.splice(0)) room.close();
  await emulator.close();
});

const post = async (path: string, body: unknown, headers: Record<string, string> = { 'x-api-key': emulator.apiKey }) => {
  const response = await fetch(emulator.akoolApiUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, ...(await response.json()) };
};
const arm = (fault: object) => fetch(`${emulator.url}/_emulator/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fault) });
const ready = () => akool.createReadySession({ avatarId: 'dvp_Tristan_cloth2_1080P', mode: 'retelling' }, { pollIntervalMs: 10 });

describe('who may call', () => {
  it('is who has the key, or a token; of both the token counts, and errors come with HTTP 200', async () => {
    const { token, data } = await post('/api/open/v3/getToken', { clientId: 'me', clientSecret: emulator.apiKey });
    expect(data).toBeUndefined();
    const attempt = async (headers: Record<string, string>) => {
      const { status, code } = await post(`${BASE}/create`, { avatar_id: 'a' }, headers);
      return [status, code];
    };
    expect(await attempt({ authorization: `Bearer ${token}` })).toEqual([200, 1000]);
    expect(await attempt({ 'x-api-key': emulator.apiKey })).toEqual([200, 1000]);
    expect(await attempt({ authorization: 'Bearer wrong', 'x-api-key': emulator.apiKey })).toEqual([200, 1101]);
    expect(await attempt({ 'x-api-key': 'wrong' })).toEqual([200, 1101]);
    expect(await attempt({})).toEqual([200, 1102]);
    expect((await post('/api/open/v3/getToken', { clientId: 'me', clientSecret: 'wrong' })).code).toBe(1101);
  });

  it('is also a client with an id and a secret, whose token was refused once', async () => {
    const other = createAkoolClient({ clientId: 'me', clientSecret: emulator.apiKey, baseUrl: emulator.akoolApiUrl });
    const first = await other.getToken();
    await arm({ fault: 'token-refused' });
    await expect(other.voices.languages()).resolves.toHaveLength(3);
    expect(await other.getToken()).not.toBe(first);
  });
});

describe('a session', () => {
  it('is queueing, then processing, then ready, and gone once closed', async () => {
    // Steps that are long against a poll, so that a busy machine does not miss one.
    await emulator.close();
    emulator = await startEmulator({ nodes: 1, liveSessionStepMs: 400 });
    akool = createAkoolClient({ apiKey: emulator.apiKey, baseUrl: emulator.akoolApiUrl });
    const statuses: string[] = [];
    const session = await akool.createReadySession({ avatarId: 'a' }, { pollIntervalMs: 5, onProgress: ({ status }) => statuses.push(status) });
    expect([...new Set(statuses)]).toEqual(['queueing', 'processing', 'ready']);
    expect(session.credentials).toMatchObject({ type: 'agora', appId: 'emulator', channel: `live-${session.id}` });
    expect(await akool.sessions.list({ status: 'ready' })).toMatchObject({ total: 1, items: [{ id: session.id, credentials: null }] });
    await akool.sessions.close(session.id);
    expect(await akool.sessions.list()).toEqual({ total: 0, items: [] });
    await expect(akool.sessions.detail(session.id)).rejects.toMatchObject({ reason: 'session-ended', context: { code: 1219 } });
    await expect(akool.sessions.close('unknown')).rejects.toMatchObject({ reason: 'not-found', context: { code: 1216 } });
  });

  it('stays open when it is closed with `session_id`, as at the vendor', async () => {
    const { id } = await akool.sessions.create({ avatarId: 'a' });
    expect((await post(`${BASE}/close`, { session_id: id })).code).toBe(1003);
    expect((await akool.sessions.list()).total).toBe(1);
  });

  it('is closed by the client when it fails', async () => {
    await arm({ fault: 'session-fails' });
    await expect(ready()).rejects.toMatchObject({ reason: 'avatar-error', context: { closed: true } });
    expect((await akool.sessions.list()).total).toBe(0);
  });
});

describe('faults', () => {
  it('answer the next call with a code', async () => {
    await arm({ fault: 'api-code', code: 1104 });
    await expect(akool.avatars.list()).rejects.toMatchObject({ reason: 'quota-exceeded', context: { code: 1104 } });
    expect((await akool.avatars.list()).total).toBe(3);
  });

  it('take the API down, or make it slow', async () => {
    await arm({ fault: 'api-down' });
    await expect(akool.avatars.list()).rejects.toMatchObject({ reason: 'avatar-unreachable', retryable: true, context: { status: 503 } });
    await arm({ fault: 'api-slow', delayMs: 5_000 });
    const hasty = createAkoolClient({ apiKey: emulator.apiKey, baseUrl: emulator.akoolApiUrl, timeoutMs: 50 });
    await expect(hasty.avatars.list()).rejects.toMatchObject({ reason: 'avatar-timeout' });
  });
});

describe('the catalogue', () => {
  it('lists avatars, and makes new ones', async () => {
    const created = await akool.avatars.create({ url: 'https://example.com/me.mp4', avatarId: 'Me1', name: 'Me' });
    expect(created).toMatchObject({ avatarId: 'Me1', status: 'queueing', usable: false, origin: 'own' });
    expect(await akool.avatars.detail('Me1')).toMatchObject({ status: 'ready', usable: true });
    expect(await akool.avatars.detailById(created.id)).toMatchObject({ avatarId: 'Me1' });
    await expect(akool.avatars.create({ url: 'https://example.com/me.mp4', avatarId: 'Me1', name: 'Me' })).rejects.toMatchObject({ reason: 'avatar-refused', context: { code: 1222 } });
    expect((await akool.avatars.list({ page: 2, size: 3 })).items.map(({ avatarId }) => avatarId)).toEqual(['Me1']);
  });

  it('lists voices by what they can do', async () => {
    expect((await akool.voices.list({ type: 'akool', streams: true })).items.map(({ name }) => name)).toEqual(['Alma']);
    expect((await akool.voices.list({ type: 'clone' })).items.map(({ name }) => name)).toEqual(['Mine']);
  });

  it('keeps knowledge', async () => {
    const { id } = await akool.knowledge.create({ name: 'Shop', prompt: 'Be kind.', urls: ['https://example.com/faq'] });
    await akool.knowledge.update(id, { prologue: 'Hello.' });
    expect(await akool.knowledge.detail(id)).toMatchObject({ name: 'Shop', prologue: 'Hello.', prompt: 'Be kind.', urls: ['https://example.com/faq'] });
    expect((await akool.knowledge.list()).items).toHaveLength(1);
    await akool.knowledge.delete(id);
    await expect(akool.knowledge.detail(id)).rejects.toMatchObject({ reason: 'not-found' });
  });

  it('names chat rooms of version 3', async () => {
    expect(await akool.chatRooms.create({ avatarId: 'Kai_1080P_back' })).toMatchObject({ peer: expect.stringMatching(/^server_\d+$/), credentials: null });
  });
});

describe('in the room', () => {
  const encode = (message: object) => new TextEncoder().encode(JSON.stringify({ v: 2, ...message }));

  it('the avatar repeats what it is sent, in parts, and says when it is heard', async () => {
    const session = await ready();
    const room = await joinLiveRoom(emulator.channelUrl, session.credentials);
    rooms.push(room);
    room.send(encode({ type: 'chat', mid: 'c1', idx: 1, fin: true, pld: { text: 'and this is the second half of it.' } }));
    room.send(encode({ type: 'chat', mid: 'c1', idx: 0, fin: false, pld: { text: 'This is the first half ' } }));
    await room.until(() => room.received.some(({ pld }) => (pld as { event?: string }).event === 'audio_end'));
    const parts = room.received.filter(({ type }) => type === 'chat') as { idx: number; fin: boolean; pld: { from: string; text: string } }[];
    expect(parts.map(({ idx, fin }) => [idx, fin])).toEqual([[0, false], [1, true]]);
    expect(parts.map(({ pld }) => pld.text).join('')).toBe('This is the first half and this is the second half of it.');
    expect(room.received.filter(({ type }) => type === 'event').map(({ pld }) => pld)).toEqual([{ event: 'audio_start' }, { event: 'audio_end' }]);
  });

  it('commands are acknowledged, wrong ones with 1003', async () => {
    const room = await joinLiveRoom(emulator.channelUrl, (await ready()).credentials);
    rooms.push(room);
    room.send(encode({ type: 'command', mid: 'a', pld: { cmd: 'set-action', data: { action: 'nod' } } }));
    room.send(encode({ type: 'command', mid: 'b', pld: { cmd: 'set-action', data: { action: 'fly' } } }));
    room.send(encode({ type: 'command', mid: 'c', pld: { cmd: 'dance' } }));
    await room.until(() => room.received.length === 3);
    expect(room.received.map(({ mid, pld }) => [mid, (pld as { code: number }).code])).toEqual([['a', 1000], ['b', 1003], ['c', 1003]]);
  });
});
