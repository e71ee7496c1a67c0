import { parseGrant } from '../../../src/grant/parseGrant.js';
import { expectThat, orRefusal, type FuzzTarget } from '../FuzzTarget.js';
import { mutateJson } from '../mutators/mutateJson.js';

const ADMISSION = { url: 'wss://relay.example/r', ticket: 'ticket', ticketExpiresAt: 9e12 };
const LEASE = { keepIntervalMs: 30_000, endsAt: 9e12 };
const CHANNEL = { kind: 'agora', appId: 'app', channel: 'room', token: 'token', uid: 1, avatarUid: 2, tokenExpiresAt: 9e12 };
const SEEDS = [
  { version: 1, sessionId: 's', expiresAt: 9e12, endsAt: 9e12, renewal: 'r', avatar: { service: 'akool-streaming', avatarId: 'ava', ...ADMISSION }, voice: { service: 'dve', ...ADMISSION }, channel: CHANNEL },
  { version: 1, sessionId: 's', expiresAt: 9e12, avatar: { service: 'akool-live', avatarId: 'ava', ...LEASE }, channel: { ...CHANNEL, kind: 'loopback', url: 'ws://localhost:1/' } },
  { version: 1, sessionId: 's', expiresAt: 9e12, avatar: { service: 'akool-chat-room', avatarId: 'ava', peer: 'p', ...ADMISSION, ...LEASE } },
].map((grant) => JSON.stringify(grant));
const NAMES = ['version', 'sessionId', 'expiresAt', 'endsAt', 'renewal', 'avatar', 'voice', 'channel'];

/** What the session route answers. */
export const grant: FuzzTarget = {
  share: 6,
  fuzz(random) {
    const text = mutateJson(random, SEEDS);
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return { input: text.length, output: 0 };
    }
    const parsed = orRefusal(['grant-invalid'], text, () => parseGrant(json));
    if (!parsed) return { input: text.length, output: 0 };
    expectThat(Object.keys(parsed).every((name) => NAMES.includes(name)), 'A grant holds more than it should', text);
    const again = JSON.stringify(parseGrant(parsed));
    expectThat(again === JSON.stringify(parsed), 'A clean grant is not clean', text);
    return { input: text.length, output: again.length };
  },
};
