import { once } from 'node:events';
import { createServer } from 'node:http';
import { createAvatarHandler, createMemoryLedger, createRelay, toNodeListener } from 'visavis/server';

const { VISAVIS_SECRET, AKOOL_API_KEY, AGORA_APP_ID, AGORA_APP_CERTIFICATE, EMULATOR_URL, PORT = '5173', SERVER_PORT = '8080' } = process.env;

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
const server = createServer(toNodeListener(createAvatarHandler(options)));
server.on('upgrade', (request, socket, head) => {
  if (!relay.handleUpgrade(request, socket, head)) socket.destroy();
});
await once(server.listen(Number(SERVER_PORT), '127.0.0.1'), 'listening');

async function emulated(url) {
  const { apiKey, discoveryUrl, channelUrl } = await (await fetch(`${url}/_emulator/info`)).json();
  return { akool: { apiKey, discoveryUrl, defaultAvatarId: 'emulated' }, channel: { kind: 'loopback', url: channelUrl } };
}
