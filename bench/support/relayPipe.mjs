import { WebSocket, WebSocketServer } from 'ws';

// The least that a relay over `ws` can do: no limit, no check, no bound. Arguments: port of the vendor.
const vendorUrl = `ws://127.0.0.1:${process.argv[2]}/ws`;
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false }, () => {
  process.send?.({ port: /** @type {import('node:net').AddressInfo} */ (server.address()).port });
});
server.on('connection', (browser) => {
  const vendor = new WebSocket(vendorUrl, { perMessageDeflate: false });
  browser.on('message', (data, binary) => vendor.send(data, { binary }));
  vendor.on('message', (data, binary) => browser.send(data, { binary }));
  for (const [one, other] of /** @type {const} */ ([[browser, vendor], [vendor, browser]])) {
    one.on('error', () => other.terminate());
    one.on('close', () => other.terminate());
  }
});
process.on('message', () => {
  global.gc?.();
  process.send?.({ rssBytes: process.memoryUsage.rss() });
});
process.on('disconnect', () => process.exit());
