// Source: RFC 6455, section 5.4: a message may come in fragments, with control frames in between.
import { afterEach, describe, expect, it } from 'vitest';
import { RELAY_CLOSE } from '../../src/grant/relayProtocol.js';
import { eventually, startServer, type ServerHarness } from './serverHarness.js';

const isSystem = (message: Record<string, unknown>): boolean => message['type'] === 'system';

let server: ServerHarness;
afterEach(() => server.close());

async function open(limits: object = {}) {
  server = await startServer(() => ({ limits: { maxMessagesPerSecond: 10_000, ...limits } }));
  const browser = server.open(await server.grant());
  await browser.until(isSystem);
  const node = server.vendor.sockets[0];
  if (node === undefined) throw new Error('No node.');
  return { browser, node };
}

describe('a message in fragments', () => {
  it('is checked as a whole, and reaches the node as one', async () => {
    const { browser, node } = await open();
    const parts = ['{"v":2,"type":"command","mid":"p","pl', 'd":{"cmd":"set-params","data":{},"metad', 'ata":{"agora_data":{"token":"evil"}}}}'];
    parts.forEach((part, index) => {
      browser.socket.send(part, { fin: index === parts.length - 1 });
      browser.socket.ping(`between ${index}`);
    });
    await browser.until(({ type }) => type === 'ack');
    expect(node.received).toHaveLength(1);
    expect(node.received[0]).not.toContain('evil');
  });

  it('does not pass unseen because one of its fragments looks like plain audio', async () => {
    const { browser, node } = await open();
    browser.socket.send('{"v":2,"type":"chat","mid":"a","pld":{"audio":"AAAA"}}', { fin: false });
    browser.socket.send('{"v":2,"type":"chat","mid":"b","pld":{"audio":"AAAA"}}', { fin: true });
    expect(await browser.until(({ type }) => type === 'error')).toMatchObject({ pld: { error_code: RELAY_CLOSE.badRequest } });
    expect(node.received).toHaveLength(0);
  });

  it('keeps its place among messages that go on as they came', async () => {
    const { browser, node } = await open();
    const audio = (mid: string): string => JSON.stringify({ v: 2, type: 'chat', mid, pld: { audio: 'AAAA' } });
    browser.send(audio('1'));
    browser.socket.send(audio('2').slice(0, 20), { fin: false });
    browser.socket.send(audio('2').slice(20), { fin: true });
    browser.send(audio('3'));
    browser.send({ v: 2, type: 'ping', mid: '4', pld: {} });
    browser.send(audio('5'));
    await eventually(() => node.received.length === 5);
    expect(node.received.map((text) => (JSON.parse(text) as { mid: string }).mid)).toEqual(['1', '2', '3', '4', '5']); // test input
  });

  it('is refused when it is too large as a whole, or in too many pieces', async () => {
    const { browser } = await open({ maxMessageBytesUp: 2_000 });
    for (let count = 0; count < 3; count += 1) browser.socket.send('x'.repeat(900), { fin: false });
    expect(await browser.closed).toMatchObject({ code: RELAY_CLOSE.messageTooLarge });
    await eventually(() => server.relay.connections === 0);
    const other = server.open(await server.grant());
    await other.until(isSystem);
    for (let count = 0; count < 1_100; count += 1) other.socket.send('', { fin: false });
    expect(await other.closed).toMatchObject({ code: RELAY_CLOSE.messageTooLarge });
  });

  it('counts by its fragments: none are free', async () => {
    const { browser } = await open({ maxMessagesPerSecond: 10 });
    for (let count = 0; count < 100; count += 1) browser.socket.send('', { fin: false });
    expect(await browser.closed).toMatchObject({ code: RELAY_CLOSE.rateLimited });
  });

  it('of the node hides no secret, wherever it is cut', async () => {
    const { browser, node } = await open();
    const text = JSON.stringify({ type: 'note', text: `the key is ${server.vendor.apiKey}!` });
    const at = text.indexOf(server.vendor.apiKey);
    for (let cut = at; cut <= at + server.vendor.apiKey.length; cut += 1) {
      node.socket.send(text.slice(0, cut), { fin: false });
      node.socket.send(text.slice(cut), { fin: true });
    }
    await eventually(() => browser.received.length === server.vendor.apiKey.length + 2);
    expect(browser.received.join()).not.toContain(server.vendor.apiKey);
    expect(new Set(browser.received.slice(1))).toEqual(new Set(['{"type":"note","text":"the key is [redacted]!"}']));
  });
});
