import { describe, expect, it } from 'vitest';
import type { Grant } from '../../src/grant/grant.js';
import { readAgoraToken } from '../server/readAgoraToken.js';
import { AGORA, isSystem, SET_PARAMS, startTarget } from './startTarget.js';
import { renewalOf, ticketOf } from './ticketOf.js';
import { useTarget } from './useTarget.js';

const PUBLISH_SOUND = 2;
const PUBLISH_DATA = 4;

describe('the session of somebody else', () => {
  const target = useTarget();
  const started = async (body: object = {}): Promise<Grant> => target().grant('ada', { sessionId: 'adas-session', ...body });

  it.each(['renew', 'keep'])('cannot be taken over by its pass: %s', async (route) => {
    const grant = await started({ service: 'akool-live' });
    expect(await target().ask(`/session/${route}`, { body: { renewal: renewalOf(grant) } })).toMatchObject({ status: 401, reason: 'not-authorized' });
  });

  it('cannot be told from one that does not exist, by its name', async () => {
    await started();
    const [theirs, nobodys] = [await target().ask('/sessions/end', { body: { sessionId: 'adas-session' } }), await target().ask('/sessions/end', { body: { sessionId: 'no-such-session' } })];
    expect({ status: theirs.status, text: theirs.text }).toEqual({ status: nobodys.status, text: nobodys.text });
    await target().open(ticketOf(await target().grant('ada', { sessionId: 'adas-session' }))).until(isSystem);
  });

  it('goes on when a stranger ends one of the same name', async () => {
    const page = target().open(ticketOf(await started()));
    await page.until(isSystem);
    const mine = await target().grant('mallory', { sessionId: 'adas-session' });
    expect((await target().ask('/session/end', { body: { renewal: renewalOf(mine) } })).status).toBe(204);
    await target().ask('/sessions/end', { body: { sessionId: 'adas-session' } });
    page.send({ v: 2, type: 'ping', mid: 'g', pld: {} });
    await page.until((message) => message['type'] === 'pong');
    expect(JSON.parse((await target().ask('/session/renew', { user: 'ada', body: { renewal: renewalOf(await started()) } })).text)).toMatchObject({ sessionId: 'adas-session' });
  });

  it('is in no list but its owner\'s', async () => {
    await started();
    const { status, text } = await target().ask('/sessions', { method: 'GET' });
    expect(status).toBe(200);
    expect(text).not.toContain('adas-session');
    expect((await target().ask('/sessions', { method: 'GET', user: 'ada' })).text).toContain('adas-session');
  });

  it.each([
    ['in the query', '/sessions?subject=ada&user=ada&id=ada', {}],
    ['in headers that proxies set', '/sessions', { 'x-user': 'ada', 'x-forwarded-user': 'ada', 'x-remote-user': 'ada', 'x-subject': 'ada' }],
    ['in a cookie', '/sessions', { cookie: 'subject=ada; user=ada; session=adas-session' }],
  ])('is not listed for whoever names its owner %s', async (_attack, path, headers) => {
    await started();
    expect((await target().ask(path, { method: 'GET', headers })).text).not.toContain('adas-session');
  });

  it('is ended neither by a guess nor by its name in place of its pass', async () => {
    const page = target().open(ticketOf(await started()));
    await page.until(isSystem);
    for (const renewal of ['adas-session', crypto.randomUUID(), 'a'.repeat(22)]) expect(await target().ask('/session/end', { user: null, body: { renewal, sessionId: 'adas-session', subject: 'ada' } })).toMatchObject({ status: 401 });
    expect(page.socket.readyState).toBe(page.socket.OPEN);
  });
});

describe('a room', () => {
  const target = useTarget();
  const theirs = { appid: AGORA.appId, channel_id: 'vv-room-of-ada', token: '007evil', uid: '1' };

  it('is not chosen by whoever asks for a session, nor is a number in it', async () => {
    const wishes = { channel: { channel: 'vv-room-of-ada', uid: 1, avatarUid: 2 }, uid: 1, appId: 'x'.repeat(32), channelName: 'vv-room-of-ada', seat: { name: 'vv-room-of-ada' }, subject: 'ada', session: 's', node: { host: '127.0.0.1', port: 1 } };
    const { channel } = await target().grant('mallory', wishes);
    expect(channel?.channel).toMatch(/^vv-[0-9a-f]{12}-[\w-]{22}$/);
    expect([0, 1, 2]).not.toContain(channel?.uid);
    expect(channel?.appId).toBe(AGORA.appId);
  });

  it('is another in each session, also of the same name', async () => {
    const rooms = await Promise.all(Array.from({ length: 20 }, async (_, index) => (await target().grant(index % 2 === 0 ? 'ada' : 'mallory', { sessionId: 'same' })).channel));
    expect(new Set(rooms.map((channel) => channel?.channel)).size).toBe(20);
    expect(new Set(rooms.flatMap((channel) => [channel?.uid, channel?.avatarUid])).size).toBe(40);
  });

  it('is entered by a token for this room and this number alone, that may not publish and lasts minutes', async () => {
    const { channel } = await target().grant('mallory');
    const token = readAgoraToken(channel?.token ?? '');
    expect(token).toMatchObject({ channel: channel?.channel, uid: String(channel?.uid), appId: AGORA.appId });
    expect(token.expireSeconds).toBeLessThanOrEqual(900);
    expect(token.privileges[PUBLISH_SOUND]).toBeUndefined();
    expect(token.privileges[PUBLISH_DATA]).toBeUndefined();
  });

  it.each<[string, object]>([
    ['in its metadata', { ...SET_PARAMS, pld: { ...SET_PARAMS.pld, metadata: { agora_data: theirs } } }],
    ['beside its payload', { ...SET_PARAMS, metadata: { agora_data: theirs }, agora_data: theirs }],
    ['in its data', { ...SET_PARAMS, pld: { ...SET_PARAMS.pld, data: { agora_data: theirs, metadata: { agora_data: theirs } }, agora_data: theirs } }],
    ['in the prototype of its payload', { ...SET_PARAMS, pld: { ...SET_PARAMS.pld, ['__proto__']: { metadata: { agora_data: theirs } } } }],
  ])('of somebody else is not what the avatar is sent to, by set-params that names it %s', async (_attack, message) => {
    const grant = await target().grant('mallory');
    const page = target().open(ticketOf(grant));
    await page.until(isSystem);
    page.send(message);
    await page.until(({ type }) => type === 'ack' || type === 'error');
    const sent = target().vendor.sockets[0]?.received.map((text) => JSON.parse(text) as { pld: { metadata?: { agora_data: unknown } } }) ?? []; // Test input.
    for (const { pld } of sent) expect(pld.metadata?.agora_data).toMatchObject({ channel_id: grant.channel?.channel, uid: String(grant.channel?.avatarUid) });
  });

  it.each([
    ['twice, the true one last', (metadata: string) => `{"v":2,"type":"command","mid":"p","pld":{"cmd":"set-params","data":{},"metadata":${metadata},"metadata":{}}}`],
    ['twice, the true one first', (metadata: string) => `{"v":2,"type":"command","mid":"p","pld":{"cmd":"set-params","data":{},"metadata":{},"metadata":${metadata}}}`],
    ['in escaped letters', (metadata: string) => `{"v":2,"type":"command","mid":"p","pld":{"cmd":"set-params","data":{},"m\\u0065tadata":${metadata}}}`],
    ['behind a payload of audio', (metadata: string) => `{"v":2,"type":"chat","mid":"p","pld":{"audio":"AAAA"},"pld":{"cmd":"set-params","data":{},"metadata":${metadata}},"type":"command"}`],
    ['inside of audio that hides a command', (metadata: string) => `{"v":2,"type":"chat","mid":"p","pld":{"audio":"AAAA","audio":"","cmd":"set-params","data":{},"metadata":${metadata}}}`],
    ['in audio whose quote is escaped', (metadata: string) => `{"v":2,"type":"chat","mid":"p","pld":{"audio":"AA\\\\","cmd":"set-params","metadata":${metadata},"x":"A"}}`],
    ['after a name that ends in a quote', (metadata: string) => `{"v":2,"type":"chat","mid":"p\\",\\"type\\":\\"command","pld":{"audio":"A","metadata":${metadata}}}`],
  ])('of somebody else is not named to a node %s', async (_attack, write) => {
    const page = target().open(ticketOf(await target().grant('mallory')));
    await page.until(isSystem);
    page.send(write(JSON.stringify({ agora_data: theirs })));
    page.send({ v: 2, type: 'ping', mid: 'last', pld: {} });
    await page.until(({ type }) => type === 'pong');
    expect(target().vendor.sockets[0]?.received.join()).not.toContain('vv-room-of-ada');
  });
});

describe('subjects whose names are nearly the same', () => {
  const target = useTarget(({ limits }) => ({ limits: { ...limits, maxSessionsPerSubject: 1 }, authorize: (request) => ({ id: decodeURIComponent(request.headers.get('x-id') ?? 'honest-user') }) }));
  const start = (id: string) => target().ask('/session', { headers: { 'x-id': encodeURIComponent(id) } });

  it.each<[string, string, string]>([
    ['by a separator', 'ada:1', 'ada'],
    ['by a line end', 'ada', 'ada\n'],
    ['by a zero byte', 'ada', 'ada\0'],
    ['by the way an accent is written', 'ad\u00e9', 'ade\u0301'],
    ['by the case of a letter', 'Ada', 'ada'],
    ['by the alphabet of a letter', 'ada', '\u0430da'],
    ['by a character that cannot be seen', 'ada', 'ad\u200ba'],
    ['by a blank at its end', 'ada', 'ada '],
    ['by a brace that a ledger could read', '{ada}', '{ada}{1}'],
    ['by a star', '*', 'ada'],
    ['because one is a word of the language', '__proto__', 'constructor'],
  ])('%s do not share a limit, a list or a session', async (_attack, one, other) => {
    const first = await start(one);
    expect(first.status).toBe(201);
    expect((await start(other)).status).toBe(201);
    expect((await start(one)).status).toBe(429);
    const { renewal, sessionId } = JSON.parse(first.text) as { renewal: string; sessionId: string }; // Test input.
    expect(await target().ask('/session/renew', { headers: { 'x-id': encodeURIComponent(other) }, body: { renewal } })).toMatchObject({ status: 401 });
    expect((await target().ask('/sessions', { method: 'GET', headers: { 'x-id': encodeURIComponent(other) } })).text).not.toContain(sessionId);
  });

  it.each<[string, unknown]>([['empty', { id: '' }], ['too long', { id: 'a'.repeat(257) }], ['half a character, which a ledger could take for another half', { id: 'ada\ud800' }], ['a number', { id: 1 }], ['a list', { id: ['ada'] }], ['missing', {}], ['true', true]])('are refused when they are %s', async (_case, subject) => {
    const other = await startTarget(() => ({ authorize: () => subject as { id: string } })); // Wrong on purpose.
    const { status } = await other.ask('/session');
    await other.close();
    expect(status).toBe(500);
  });
});
