import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { runEmulator } from '../../src/cli/runEmulator.js';
import { startEmulator } from '../../src/emulator.js';
import { callLive, createLive, joinAsViewer, sessionsOf, untilReady } from './liveClient.js';
import { createMicrophone } from './microphone.js';
import { chat, discover, joinNode } from './nodeClient.js';
import { join, openRoom } from './roomClient.js';
import { makeSpeech } from './speech.js';

/** What keeps this process busy: its servers, sockets and timers. */
const resources = () => process.getActiveResourcesInfo().filter((name) => /TCP|Timeout|Server/.test(name)).sort();

/** Waits, without a timer that would be counted, until nothing is left that was not there `before`. The test's time limit ends it. */
async function nothingLeft(before: readonly string[]): Promise<void> {
  const count = (names: readonly string[], name: string) => names.filter((other) => other === name).length;
  while (resources().some((name, _index, now) => count(now, name) > count(before, name))) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('startEmulator', () => {
  it('leaves no server, socket or timer behind after close, even in the middle of everything', async () => {
    const before = resources();
    const emulator = await startEmulator();
    const [instance] = await discover(emulator);
    const viewer = await openRoom(emulator);
    await viewer.request(join(42));
    const node = await joinNode(instance?.port ?? 0);
    await Promise.all([viewer.request({ type: 'subscribe', uid: 7001, media: 'video' }), viewer.request({ type: 'subscribe', uid: 7001, media: 'audio' })]);
    node.send(chat(makeSpeech(2000)));
    await emulator.close();
    await emulator.close();
    await node.closed;
    await viewer.close();
    await nothingLeft(before);
    await expect(fetch(emulator.url)).rejects.toThrow();
  });

  it('leaves nothing behind after close while a hosted avatar hears, speaks and chats', async () => {
    const before = resources();
    const emulator = await startEmulator({ nodes: 1, liveSessionStepMs: 10 });
    const { id, place } = await createLive(emulator);
    const { data } = await callLive(emulator, 'POST', '/v3/liveAvatar/session/create', { avatar_id: 'a', stream_type: 'agora' });
    await untilReady(emulator, id);
    const viewer = await joinAsViewer(emulator, place);
    const microphone = createMicrophone();
    viewer.room.outgoing.set('audio', microphone.track);
    await viewer.room.request({ type: 'publish', media: 'audio' });
    microphone.say(makeSpeech(2_000));
    viewer.send({ type: 'chat', mid: 'c', idx: 0, fin: true, pld: { text: 'word '.repeat(100) } });
    const chatRoom = new WebSocket(data.stream_urls.client_chat_room_url);
    await once(chatRoom, 'open');
    const hungUp = once(chatRoom, 'close');
    await vi.waitFor(async () => {
      const report = (await sessionsOf(emulator)).find((session) => session.id === id);
      expect([report?.speaking, (report?.receivedMs ?? 0) > 0]).toEqual([true, true]);
    }, { timeout: 10_000 });
    await emulator.close();
    await hungUp;
    microphone.stop();
    await viewer.room.close();
    await nothingLeft(before);
  });

  it.each([[{ discoveryBody: 'other' as 'readme' }], [{ nodes: 0 }], [{ nodes: 2, nodePorts: [0] }], [{ apiKey: '' }]])('refuses %j', async (options) => {
    await expect(startEmulator(options)).rejects.toMatchObject({ name: 'AvatarError', reason: 'invalid-options' });
  });

  it('says that a port is taken, and leaves nothing open', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const before = resources();
    await expect(startEmulator({ port })).rejects.toMatchObject({ reason: 'invalid-options', message: expect.stringContaining(String(port)) });
    await nothingLeft(before);
    await new Promise((resolve) => other.close(resolve));
  });

  it('gives the nodes the ports that it is told', async () => {
    const first = await startEmulator({ nodes: 1 });
    const [instance] = await discover(first);
    await first.close();
    const second = await startEmulator({ nodes: 1, nodePorts: [instance?.port ?? 0] });
    expect((await discover(second))[0]?.port).toBe(instance?.port);
    await second.close();
  });
});

describe('visavis emulator', () => {
  it.each([[['--port', 'x']], [['--nodes', '0']], [['--colour']], [['extra']]])('ends with code 2 and one line on %j', async (argv) => {
    const lines: string[] = [];
    const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
    expect(await runEmulator(argv)).toBe(2);
    write.mockRestore();
    expect(lines.join('').trimEnd().split('\n')).toHaveLength(1);
  });

  it('prints one line of JSON when ready and stops on SIGTERM', async () => {
    const lines: string[] = [];
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
    const code = runEmulator(['--json', '--nodes', '1']);
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    write.mockRestore();
    const info = JSON.parse(lines.join(''));
    expect(Object.keys(info)).toEqual(['ready', 'url', 'discoveryUrl', 'akoolApiUrl', 'dveUrl', 'channelUrl', 'apiKey']);
    expect((await fetch(info.url)).ok).toBe(true);
    process.emit('SIGTERM');
    expect(await code).toBe(0);
    await expect(fetch(info.url)).rejects.toThrow();
  });
});
