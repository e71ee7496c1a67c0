import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Browser } from 'playwright';
import { openBrowser, openPage } from './support/openPage.js';

/** The tests that look for keys in what reaches the browser see no more than `openPage` notes; the voice's socket is in a Worker. */
const WORKER = `
  onmessage = ({ data: url }) => {
    const socket = new WebSocket(url + '?marker-in-an-address');
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => { socket.send('marker-from-the-worker'); socket.send(new TextEncoder().encode('marker-in-bytes-from-the-worker')); };
    socket.onmessage = ({ data }) => { if (typeof data !== 'string') postMessage('received'); };
  };`;
const MARKERS = ['marker-in-an-address', 'marker-from-the-worker', 'marker-in-bytes-from-the-worker', 'marker-to-the-worker', 'marker-in-bytes-to-the-worker'];

const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<title>A page</title>'));
const sockets = new WebSocketServer({ server });
let browser: Browser;

beforeAll(async () => {
  sockets.on('connection', (socket) => {
    let messages = 0;
    socket.on('message', () => {
      if (++messages < 2) return;
      socket.send('marker-to-the-worker');
      socket.send(Buffer.from('marker-in-bytes-to-the-worker'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  sockets.clients.forEach((socket) => socket.terminate());
  server.close();
});

it('is seen in a Worker too: addresses, text and bytes, both ways', async () => {
  const { port } = server.address() as AddressInfo; // it listens on a port
  const { page, traffic } = await openPage(browser, `http://127.0.0.1:${port}/`);
  await page.evaluate(
    ([source, url]) =>
      new Promise<void>((resolve) => {
        const worker = new Worker(URL.createObjectURL(new Blob([source])));
        worker.onmessage = () => resolve();
        worker.postMessage(url);
      }),
    [WORKER, `ws://127.0.0.1:${port}/`] as const,
  );
  await expect.poll(() => MARKERS.filter((marker) => !traffic.texts.some((text) => text.includes(marker)))).toEqual([]);
  await page.close();
});
