import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { createAvatarHandler, createMemoryLedger, createRelay, toNodeListener } from 'visavis/server';

const { VISAVIS_SECRET, AKOOL_API_KEY, AGORA_APP_ID, AGORA_APP_CERTIFICATE, EMULATOR_URL, PORT = '8080' } = process.env;
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript' };
/** What a page may load: this page, and two folders of node_modules. */
const FOLDERS = [
  { path: /^\/visavis\/([\w-]+(?:\/[\w-]+)*\.js)$/, url: new URL('.', import.meta.resolve('visavis/client')) },
  { path: /^\/agora\/(agora-rtc-react\.mjs)$/, url: new URL('.', import.meta.resolve('agora-rtc-react')) },
  { path: /^\/(noReact\.js|index\.html)$/, url: new URL('.', import.meta.url) },
];

const options = {
  secret: VISAVIS_SECRET,
  allowedOrigins: [`http://localhost:${PORT}`],
  authorize: () => ({ id: 'guest' }), // your own sign-in; return null to refuse
  ledger: createMemoryLedger(),
  ...(EMULATOR_URL ? await emulated(EMULATOR_URL) : {
    akool: { apiKey: AKOOL_API_KEY, defaultAvatarId: 'dvp_Tristan_cloth2_1080P' },
    channel: { kind: 'agora', appId: AGORA_APP_ID, certificate: AGORA_APP_CERTIFICATE },
  }),
};
const relay = createRelay(options);
const avatar = toNodeListener(createAvatarHandler(options));
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (pathname.startsWith('/api/avatar/')) return avatar(request, response);
  serveFile(pathname === '/' ? '/index.html' : pathname).then(
    ({ body, type }) => response.writeHead(200, { 'content-type': type }).end(body),
    () => response.writeHead(404).end(),
  );
});
server.on('upgrade', (request, socket, head) => {
  if (!relay.handleUpgrade(request, socket, head)) socket.destroy();
});
await once(server.listen(Number(PORT), '127.0.0.1'), 'listening');

/** Rejects for everything that is not in FOLDERS. The URL has resolved any `..` before it comes here. */
async function serveFile(pathname) {
  for (const { path, url } of FOLDERS) {
    const name = path.exec(pathname)?.[1];
    if (name) return { body: await readFile(new URL(name, url)), type: TYPES[extname(name)] };
  }
  throw new Error('There is no such file.');
}

async function emulated(url) {
  const { apiKey, discoveryUrl, channelUrl } = await (await fetch(`${url}/_emulator/info`)).json();
  return { akool: { apiKey, discoveryUrl, defaultAvatarId: 'emulated' }, channel: { kind: 'loopback', url: channelUrl } };
}
