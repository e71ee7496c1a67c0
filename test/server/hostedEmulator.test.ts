import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runServe } from '../../src/cli/runServe.js';
import { startEmulator, type Emulator } from '../../src/emulator.js';
import type { Grant } from '../../src/grant/grant.js';
import { RELAY_UPSTREAM_OPEN } from '../../src/grant/relayProtocol.js';
import { createAkoolClient, type AkoolClient } from '../../src/server.js';
import { encodeChatRoomQuestion, parseChatRoomAnswer } from '../../src/services/akool-live/chatRoom.js';
import { eventually, startServer, type ServerHarness } from './serverHarness.js';

let emulator: Emulator;
let akool: AkoolClient;
let server: ServerHarness | null;

beforeEach(async () => {
  emulator = await startEmulator({ liveSessionStepMs: 1 });
  akool = createAkoolClient({ apiKey: emulator.apiKey, baseUrl: emulator.akoolApiUrl });
  server = null;
});
afterEach(async () => {
  vi.restoreAllMocks();
  await server?.close();
  await emulator.close();
});

async function start(akoolLive: object = {}): Promise<ServerHarness> {
  server = await startServer(() => ({
    akoolLive: { apiKey: emulator.apiKey, baseUrl: emulator.akoolApiUrl, defaultAvatarId: 'emulated', ...akoolLive },
    channel: { kind: 'loopback', url: emulator.channelUrl },
  }));
  return server;
}

const openIds = async () => (await akool.sessions.list()).items.map(({ id }) => id);
const statusOf = async ({ post }: ServerHarness, { renewal }: Grant) => ((await (await post('/session/keep', { renewal, wants: 'status' })).json()) as { status: string }).status; // Compared by the caller.

describe('with the emulated vendor, a hosted session', () => {
  it.each(['own', 'vendor'] as const)('brings its avatar into the %s room, and is closed with ours', async (room) => {
    const running = await start({ room });
    const grant = await running.grant({ service: 'akool-live' });
    await expect.poll(() => statusOf(running, grant), { timeout: 15_000 }).toBe('ready');
    expect(grant.channel).toMatchObject({ kind: 'loopback', url: emulator.channelUrl });
    expect(await openIds()).toHaveLength(1);
    expect((await running.post('/session/end', { renewal: grant.renewal })).status).toBe(204);
    expect(await openIds()).toEqual([]);
  });

  it('of version 3 is asked and answers through the relay', async () => {
    const running = await start();
    const grant = await running.grant({ service: 'akool-chat-room' });
    const peer = grant.avatar?.service === 'akool-chat-room' ? grant.avatar.peer : '';
    const browser = running.open(grant);
    await eventually(() => browser.received.includes(RELAY_UPSTREAM_OPEN));
    browser.send(encodeChatRoomQuestion(peer, { messageId: 'm1', question: 'Say this.', mode: 1 }));
    await eventually(() => browser.received.length > 1, 15_000);
    expect(parseChatRoomAnswer(browser.received[1] ?? '')).toMatchObject({ messageId: 'm1', from: peer });
    await running.post('/session/end', { renewal: grant.renewal });
    expect(await openIds()).toEqual([]);
  });
});

it('visavis serve closes what is open when it is stopped', async () => {
  const out: string[] = [];
  // The command's only output is the process's own streams.
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  const done = runServe(['--port', '0', '--emulator', emulator.url, '--json']);
  await expect.poll(() => out.join('')).toContain('ready');
  const { url } = JSON.parse(out.join('')) as { url: string }; // Test input.
  const response = await fetch(`${url}/session`, { method: 'POST', body: JSON.stringify({ service: 'akool-live' }) });
  expect(response.status).toBe(201);
  expect(await openIds()).toHaveLength(1);
  process.emit('SIGTERM');
  expect(await done).toBe(0);
  expect(await openIds()).toEqual([]);
});
