import { createMemoryLedger } from 'visavis/server';
import { APP_ORIGIN } from './appOrigin.mjs';
import { USER_COOKIE } from './userCookie.mjs';

const { VISAVIS_SECRET = '', AKOOL_API_KEY = '', AGORA_APP_ID = '', AGORA_APP_CERTIFICATE = '', EMULATOR_URL, RELAY_URL } = process.env;

/**
 * For the route, which Next.js builds, and for the relay, which is plain Node: hence JavaScript.
 *
 * @returns {Promise<import('visavis/server').AvatarServerOptions>}
 */
export async function readAvatarOptions() {
  return {
    secret: VISAVIS_SECRET,
    allowedOrigins: [APP_ORIGIN],
    relayUrl: RELAY_URL ?? 'ws://localhost:8081/relay',
    authorize: (request) => {
      const name = new RegExp(`(?:^|; )${USER_COOKIE}=([^;]+)`).exec(request.headers.get('cookie') ?? '')?.[1];
      return name === undefined ? null : { id: decodeURIComponent(name) };
    },
    ledger: createMemoryLedger(),
    ...(EMULATOR_URL ? await emulated(EMULATOR_URL) : {
      akool: { apiKey: AKOOL_API_KEY, defaultAvatarId: 'dvp_Tristan_cloth2_1080P' },
      akoolLive: { apiKey: AKOOL_API_KEY }, // what there is to choose from
      channel: { kind: 'agora', appId: AGORA_APP_ID, certificate: AGORA_APP_CERTIFICATE },
    }),
  };
}

/**
 * @param {string} url
 * @returns {Promise<Pick<import('visavis/server').AvatarServerOptions, 'akool' | 'akoolLive' | 'channel'>>}
 */
async function emulated(url) {
  const { apiKey, discoveryUrl, akoolApiUrl, channelUrl } = await (await fetch(`${url}/_emulator/info`)).json();
  return {
    akool: { apiKey, discoveryUrl, defaultAvatarId: 'emulated' },
    akoolLive: { apiKey, baseUrl: akoolApiUrl },
    channel: { kind: 'loopback', url: channelUrl },
  };
}
