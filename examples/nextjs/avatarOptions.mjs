import { createMemoryLedger } from 'visavis/server';
import { USER_COOKIE } from './userCookie.mjs';

const { VISAVIS_SECRET = '', AKOOL_API_KEY = '', AGORA_APP_ID = '', AGORA_APP_CERTIFICATE = '', EMULATOR_URL, APP_ORIGIN, RELAY_URL } = process.env;

/**
 * For the route, which Next.js builds, and for the relay, which is plain Node: hence JavaScript.
 *
 * @returns {Promise<import('visavis/server').AvatarServerOptions>}
 */
export async function readAvatarOptions() {
  return {
    secret: VISAVIS_SECRET,
    allowedOrigins: [APP_ORIGIN ?? 'http://localhost:3000'],
    relayUrl: RELAY_URL ?? 'ws://localhost:8081/relay',
    authorize: (request) => {
      const name = new RegExp(`(?:^|; )${USER_COOKIE}=([^;]+)`).exec(request.headers.get('cookie') ?? '')?.[1];
      return name === undefined ? null : { id: decodeURIComponent(name) };
    },
    ledger: createMemoryLedger(),
    ...(EMULATOR_URL ? await emulated(EMULATOR_URL) : {
      akool: { apiKey: AKOOL_API_KEY, defaultAvatarId: 'dvp_Tristan_cloth2_1080P' },
      channel: { kind: 'agora', appId: AGORA_APP_ID, certificate: AGORA_APP_CERTIFICATE },
    }),
  };
}

/**
 * @param {string} url
 * @returns {Promise<Pick<import('visavis/server').AvatarServerOptions, 'akool' | 'channel'>>}
 */
async function emulated(url) {
  const { apiKey, discoveryUrl, channelUrl } = await (await fetch(`${url}/_emulator/info`)).json();
  return { akool: { apiKey, discoveryUrl, defaultAvatarId: 'emulated' }, channel: { kind: 'loopback', url: channelUrl } };
}
