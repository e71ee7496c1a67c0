import { describe, expect, it } from 'vitest';
import { eventually } from '../server/serverHarness.js';
import { handshake, openRaw } from './openRaw.js';
import { isSystem, SET_PARAMS } from './startTarget.js';
import { ticketOf } from './ticketOf.js';
import { useTarget } from './useTarget.js';

const target = useTarget();
const POLLUTION = '{"polluted":"yes","id":"ada","allowedAvatars":["*"]}';
const isClean = (): boolean => !('polluted' in {}) && !('polluted' in []) && Object.keys(Object.prototype).length === 0;
const deep = (depth: number, open = '[', close = ']', middle = ''): string => open.repeat(depth) + middle + close.repeat(depth);

describe('the prototype of all objects is not changed by', () => {
  it.each<[string, string, string]>([
    ['a body', '/session', `{"__proto__":${POLLUTION}}`],
    ['a body\'s constructor', '/session', `{"constructor":{"prototype":${POLLUTION}}}`],
    ['a part of a body', '/session', `{"voice":{"__proto__":${POLLUTION},"service":"dve"}}`],
    ['a body in escaped letters', '/session', `{"__\\u0070roto__":${POLLUTION}}`],
    ['a renewal', '/session/renew', `{"renewal":"x","__proto__":${POLLUTION}}`],
    ['a keep', '/session/keep', `{"renewal":"x","constructor":{"prototype":${POLLUTION}}}`],
    ['an end', '/session/end', `{"renewal":"x","__proto__":${POLLUTION}}`],
    ['a query', '/session?__proto__[polluted]=yes&constructor.prototype.polluted=yes', '{}'],
  ])('%s', async (_attack, path, body) => {
    await target().ask(path, { body });
    expect(isClean()).toBe(true);
  });

  it('a query of what can be read', async () => {
    for (const path of ['/sessions', '/catalogue/avatars', '/catalogue/voices', '/health']) await target().ask(`${path}?__proto__[polluted]=yes&__proto__=yes&constructor=yes&page=__proto__`, { method: 'GET' });
    expect(isClean()).toBe(true);
  });

  it.each([
    ['a message', `{"__proto__":${POLLUTION},"v":2,"type":"ping","mid":"m"}`],
    ['a message\'s payload', `{"v":2,"type":"ping","mid":"m","pld":{"__proto__":${POLLUTION}}}`],
    ['the parameters of an avatar', `{"v":2,"type":"command","mid":"m","pld":{"cmd":"set-params","data":{"__proto__":${POLLUTION},"constructor":{"prototype":${POLLUTION}}}}}`],
  ])('%s, nor the node\'s', async (_attack, message) => {
    const page = target().open(ticketOf(await target().grant('mallory')));
    await page.until(isSystem);
    page.send(message);
    await page.until(({ type }) => type === 'pong' || type === 'ack' || type === 'error');
    expect(isClean()).toBe(true);
    expect(target().vendor.sockets[0]?.received.join()).not.toContain('"__proto__"');
  });

  it('a message of the node', async () => {
    const page = target().open(ticketOf(await target().grant('mallory')));
    await page.until(isSystem);
    target().vendor.sockets[0]?.socket.send(`{"__proto__":${POLLUTION},"type":"note","a":"\\u0041"}`);
    await page.until(({ type }) => type === 'note');
    expect(isClean()).toBe(true);
  });

  it('an answer of discovery', async () => {
    const { port } = target().vendor;
    target().vendor.discovery = () => ({ status: 200, body: `{"code":1000,"__proto__":${POLLUTION},"data":{"__proto__":${POLLUTION},"instances":[{"__proto__":${POLLUTION},"ip":"127.0.0.1","port":${port},"status":"available","healthy":true}]}}` });
    expect((await target().ask('/session')).status).toBe(201);
    expect(isClean()).toBe(true);
  });
});

describe('a bomb of JSON is refused:', () => {
  it.each<[string, string]>([
    ['lists nested to the limit of the body', deep(8_000)],
    ['objects nested without end', `${'{"a":'.repeat(3_000)}1`],
    ['objects nested to the limit of the body', `{"voice":${deep(2_500, '{"a":', '}', '1')}}`],
    ['a number of ten thousand digits', `{"avatarId":${'9'.repeat(10_000)}}`],
    ['a number beyond all numbers', '{"voice":{"service":"dve","vision":1e999}}'],
    ['ten thousand keys that collide', `{"sessionId":1,${Array.from({ length: 1_000 }, (_, index) => `"k${index}":0`).join()}}`],
    ['a name given twice, good and evil', '{"avatarId":"ava","avatarId":"a/../../b"}'],
    ['a lone half of a character', '{"avatarId":"\\ud800"}'],
    ['a zero byte in a name', '{"sessionId":"a\\u0000b"}'],
    ['NaN', '{"sessionId":NaN}'],
    ['a comment', '{/**/"sessionId":"a"}'],
    ['a boolean for everything', 'true'],
    ['a list in place of a text', '{"avatarId":["ava"]}'],
    ['an object that calls itself a text', '{"avatarId":{"toString":"ava","length":3}}'],
  ])('%s', async (_attack, body) => {
    expect(await target().ask('/session', { body })).toMatchObject({ status: 400, reason: 'invalid-options' });
  });

  it.each<[string, string]>([
    ['lists nested without end', `{"v":2,"type":"command","mid":"d","pld":{"cmd":"set-params","data":{"a":${deep(100_000)}}}}`],
    ['a hundred thousand keys', `{"v":2,"type":"ping","mid":"d","pld":{${Array.from({ length: 20_000 }, (_, index) => `"k${index}":0`).join()}},"v":3}`],
    ['a name of 100 KB', `{"v":2,"type":"ping","mid":"${'m'.repeat(100_000)}"}`],
    ['a type that is a list', '{"v":2,"type":["command"],"mid":"m","pld":{"cmd":"set-params","data":{}}}'],
    ['a type of the prototype', '{"v":2,"type":"__proto__","mid":"m"}'],
    ['text after its end', '{"v":2,"type":"ping","mid":"m"}{"v":2,"type":"command","mid":"x","pld":{"cmd":"auth"}}'],
    ['a login in the older forms', '{"type":"auth","token":"x","avatar_id":"y"}'],
    ['a room in the older forms', '{"type":"agora_params","data":{"channel":"theirs","userId":1,"rtcToken":"x"}}'],
  ])('%s, in a message', async (_attack, message) => {
    const page = target().open(ticketOf(await target().grant('mallory')));
    await page.until(isSystem);
    page.send(message);
    await page.until(({ type }) => type === 'error');
    page.send({ v: 2, type: 'ping', mid: 'g', pld: {} });
    await page.until(({ mid }) => mid === 'g');
    expect(target().vendor.sockets[0]?.received).toHaveLength(1);
  });
});

describe('the work of the server does not grow with the square of', () => {
  /** Processor time of some requests, in milliseconds. */
  async function cpuOf(path: string): Promise<number> {
    const before = process.cpuUsage();
    for (let times = 0; times < 5; times += 1) await target().ask(path, { method: 'GET' });
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  }

  it.each([
    ['the slashes in a path', `/${'/'.repeat(15_000)}x`],
    ['the blanks in a query', `/health?${'%20'.repeat(5_000)}x`],
    ['the dots in a path', `/${'.'.repeat(15_000)}x`],
  ])('%s', async (_attack, path) => {
    const plain = `/${'a'.repeat(path.length - 1)}`;
    await cpuOf(plain);
    // A path that is read once per character takes as long as any other; read once per pair of them, it takes hundreds of times as long.
    expect(await cpuOf(path)).toBeLessThan(30 + 20 * (await cpuOf(plain)));
  });

  it('the slashes in the path of an upgrade', async () => {
    const cpu = async (path: string): Promise<number> => {
      const before = process.cpuUsage();
      for (let times = 0; times < 5; times += 1) {
        const peer = await openRaw(target());
        peer.send(handshake({ path }));
        await peer.closed;
      }
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    };
    const plain = `/${'a'.repeat(15_000)}`;
    await cpu(plain);
    expect(await cpu(`/${'/'.repeat(15_000)}x`)).toBeLessThan(30 + 20 * (await cpu(plain)));
  });
});

describe('a chat room', () => {
  it.each<[string, (peer: string) => string]>([
    ['of another session', (peer) => JSON.stringify({ type: 'chat', to: peer.replace(/\d+$/, '999'), payload: '{"message_id":"m","question":"EVIL"}' })],
    ['named twice', (peer) => `{"type":"chat","to":"server_999","to":"${peer}","payload":"{\\"message_id\\":\\"m\\",\\"question\\":\\"q\\",\\"question\\":\\"q\\",\\"prompt\\":{\\"from\\":\\"url\\",\\"content\\":\\"EVIL\\"}}"}`],
    ['with a prompt of the page\'s', (peer) => JSON.stringify({ type: 'chat', to: peer, payload: '{"message_id":"m","question":"q","prompt":{"from":"url","content":"http://169.254.169.254/EVIL"}}' })],
    ['with a knowledge of the page\'s', (peer) => JSON.stringify({ type: 'chat', to: peer, payload: '{"message_id":"m","question":"q","knowledge_id":"EVIL"}', knowledge_id: 'EVIL' })],
    ['in the prototype', (peer) => `{"type":"chat","to":"${peer}","payload":"{\\"message_id\\":\\"m\\",\\"question\\":\\"q\\",\\"__proto__\\":{\\"prompt\\":\\"EVIL\\"}}"}`],
  ])('is told nothing that is not for it: %s', async (_attack, write) => {
    const { avatar } = await target().grant('mallory', { service: 'akool-chat-room' });
    if (avatar?.service !== 'akool-chat-room') throw new Error('No chat room was granted.');
    const page = target().open(avatar.ticket);
    await eventually(() => page.received.length === 1);
    page.send(write(avatar.peer));
    page.send({ type: 'chat', to: avatar.peer, payload: '{"message_id":"last","question":"last"}' });
    await eventually(() => target().live.chats[0]?.received.some((text) => text.includes('last')) === true);
    expect(target().live.chats[0]?.received.join()).not.toMatch(/EVIL|server_999/);
  });
});

it('An avatar\'s parameters reach the node as they were checked, and not as they were written', async () => {
  const page = target().open(ticketOf(await target().grant('mallory')));
  await page.until(isSystem);
  page.send(JSON.stringify(SET_PARAMS).replace('"mid":"p1"', '"mid":"evil","mid":"p1","api_key":"x"'));
  await page.until(({ type }) => type === 'ack');
  expect(target().vendor.sockets[0]?.received.join()).not.toMatch(/evil|api_key/);
});
