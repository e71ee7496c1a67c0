// Source: README of the akool-streaming-avatar Python package, whose forms differ from what its code sends.
import { afterEach, expect, it } from 'vitest';
import type { VendorSocket } from './fakeVendor.js';
import { eventually, startServer, type ServerHarness } from './serverHarness.js';

const setParams = (mid: string) => ({ v: 2, type: 'command', mid, pld: { cmd: 'set-params', data: { vid: 'v', lang: 'de', mode: 3, bgurl: '' } } });
const interrupt = { v: 2, type: 'command', mid: 'i1', pld: { cmd: 'interrupt' } };
const leave = { v: 2, type: 'event', mid: 'l1', pld: { event: 'leave_channel', reason: 'client_disconnect' } };

let server: ServerHarness;
afterEach(() => server.close());

/** A node that knows its README alone, and says nothing to whom it does not know. */
function answerReadme({ socket, received }: VendorSocket, text: string): void {
  const message = JSON.parse(text) as { type: string; token?: string; data?: { channel?: string } }; // test input
  if (received.length === 1 && message.token !== server.vendor.apiKey) return socket.close(4001);
  if (message.type === 'agora_params') socket.send(JSON.stringify({ v: 2, type: 'system', mid: 's2', pld: { status: 'agora_connected', channel_id: message.data?.channel } }));
  if (message.type === 'ping') socket.send('{"type":"pong"}');
}

async function open(messageForms: 'v2' | 'readme' = 'readme') {
  server = await startServer(({ akool }) => ({ akool: { ...akool, messageForms } }));
  if (messageForms === 'readme') server.vendor.onMessage = answerReadme;
  const grant = await server.grant({ avatarId: 'ava-2' });
  const browser = server.open(grant);
  await browser.opened;
  const nodeGot = () => (server.vendor.sockets[0]?.received ?? []).map((text) => JSON.parse(text) as Record<string, unknown>); // test input
  return { grant, browser, nodeGot };
}

it('speaks the README\'s forms to the node, with the key first, while the browser speaks v2', async () => {
  const { grant, browser, nodeGot } = await open();
  const audio = 'A'.repeat(2732);
  for (const message of [setParams('p1'), { v: 2, type: 'chat', mid: 'a1', pld: { audio } }, { v: 2, type: 'ping', mid: 'g1', pld: {} }]) browser.send(message);
  await browser.until(({ type }) => type === 'pong');
  const { channel, avatarUid } = grant.channel ?? {};
  expect(server.vendor.sockets[0]?.request.headers['api_key']).toBeUndefined();
  expect(nodeGot()).toEqual([
    { type: 'auth', token: server.vendor.apiKey, avatar_id: 'ava-2' },
    { type: 'agora_params', data: { channel, userId: avatarUid, rtcToken: expect.any(String) as string } },
    { type: 'audio_data', data: audio },
    { type: 'ping' },
  ]);
});

it('acknowledges the parameters itself, since the form has no name to acknowledge, and leaves the rest to the node', async () => {
  const { browser } = await open();
  browser.send(setParams('p1'));
  await browser.until(({ pld }) => JSON.stringify(pld).includes('agora_connected'));
  expect(browser.received.map((text) => JSON.parse(text) as unknown)).toContainEqual({ v: 2, type: 'ack', mid: 'relay-p1', pld: { original_mid: 'p1', status: 'success' } });
  browser.send(interrupt);
  browser.send({ v: 2, type: 'ping', mid: 'g1', pld: {} });
  await browser.until(({ type }) => type === 'pong');
  expect(browser.received.filter((text) => text.includes('"ack"'))).toHaveLength(1);
});

it('sends as v2 what the README has no form for: an interrupt, later parameters, leaving', async () => {
  const { browser, nodeGot } = await open();
  for (const message of [setParams('p1'), interrupt, setParams('p2'), leave]) browser.send(message);
  await eventually(() => nodeGot().length === 5);
  expect(nodeGot().map(({ type, mid }) => [type, mid])).toEqual([
    ['auth', undefined],
    ['agora_params', undefined],
    ['command', 'i1'],
    ['command', 'p2'],
    ['event', 'l1'],
  ]);
});

it('shows the browser nothing of the key, also when the node repeats it', async () => {
  const { browser } = await open();
  await eventually(() => server.vendor.sockets[0]?.received.length === 1);
  server.vendor.sockets[0]?.socket.send(JSON.stringify({ type: 'auth_ok', token: server.vendor.apiKey }));
  await browser.until(({ type }) => type === 'auth_ok');
  expect(browser.received.join()).not.toContain(server.vendor.apiKey);
});

it('sends no auth message unless it is told to', async () => {
  const { browser, nodeGot } = await open('v2');
  browser.send({ v: 2, type: 'ping', mid: 'g1', pld: {} });
  await browser.until(({ type }) => type === 'pong');
  expect(nodeGot()).toEqual([{ v: 2, type: 'ping', mid: 'g1', pld: {} }]);
});
