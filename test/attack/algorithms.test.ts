import { CompactEncrypt, SignJWT, UnsecuredJWT, generateKeyPair, type CompactJWEHeaderParameters } from 'jose';
import { deflateRawSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { RELAY_CLOSE } from '../../src/grant/relayProtocol.js';
import { deriveKey } from '../../src/server/tickets/createPassSealer.js';
import { ORIGIN, SECRET } from '../server/serverHarness.js';
import { isSystem } from './startTarget.js';
import { renewalOf, ticketOf } from './ticketOf.js';
import { useTarget } from './useTarget.js';

const target = useTarget();
const ZERO_KEY = new Uint8Array(32);
let claims: Record<string, unknown>;
let genuineHeader: CompactJWEHeaderParameters;

beforeEach(async () => {
  const now = Date.now();
  claims = {
    target: 'akool-streaming', session: 's', sessionId: 's', subject: 'ada', origin: ORIGIN, node: { host: '127.0.0.1', port: target().vendor.port }, avatarId: 'a',
    ticketId: crypto.randomUUID(), startedAt: now, expiresAt: now + 60_000, sessionEndsAt: now + 60_000, agoraData: { appid: 'a', channel_id: 'c', token: 'a-token-of-the-forger', uid: '1' },
  };
  genuineHeader = JSON.parse(Buffer.from(ticketOf(await target().grant('mallory')).split('.')[0] ?? '', 'base64url').toString()) as CompactJWEHeaderParameters; // Its own test says what is in it.
});

const bytes = (value: unknown = claims): Uint8Array => Buffer.from(JSON.stringify(value));
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const ownKey = (): Promise<Uint8Array> => deriveKey(Buffer.from(SECRET), 'visavis pass v1 relay');
/** Sealed with a header of the attacker's choice. */
const seal = async (header: object, key: Parameters<CompactEncrypt['encrypt']>[0], plaintext = bytes()): Promise<string> =>
  new CompactEncrypt(plaintext).setProtectedHeader({ ...genuineHeader, ...header }).encrypt(key);

async function expectRefused(ticket: string): Promise<void> {
  expect(await target().open(ticket).closed).toMatchObject({ code: RELAY_CLOSE.ticketRefused });
  expect(target().vendor.sockets).toHaveLength(0);
}

it('opens a socket for the forger\'s claims when they are sealed as the server seals, so that it is the seal that stops the others', async () => {
  await target().open(await seal({}, await ownKey())).until(isSystem);
});

describe('without the key, a ticket is refused', () => {
  it.each<[string, () => Promise<string>]>([
    ['unsigned, with alg none', async () => new UnsecuredJWT(claims).encode()],
    ['with alg none in the five parts of a JWE', async () => [part({ ...genuineHeader, alg: 'none', enc: 'none' }), '', '', Buffer.from(bytes()).toString('base64url'), ''].join('.')],
    ['with alg none in other letters', async () => [part({ ...genuineHeader, alg: 'nOnE' }), '', 'AAAAAAAAAAAAAAAA', Buffer.from(bytes()).toString('base64url'), 'AAAAAAAAAAAAAAAAAAAAAA'].join('.')],
    ['signed by HS256 with the name of the key', async () => new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: `${genuineHeader.kid}` }).sign(Buffer.from(`${genuineHeader.kid}`.padEnd(32, '0')))],
    ['signed by HS256 with what is public of the server: its origin', async () => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(ORIGIN.padEnd(32, '0')))],
    ['sealed with a key of zeros under the right name', async () => seal({}, ZERO_KEY)],
    ['sealed with a key that is the name of the key', async () => seal({}, Buffer.from(`${genuineHeader.kid}`.padEnd(32, '0')))],
    ['with a key of its own wrapped by A256KW', async () => seal({ alg: 'A256KW' }, ZERO_KEY)],
    ['with a key of its own wrapped by A256GCMKW', async () => seal({ alg: 'A256GCMKW' }, ZERO_KEY)],
    ['with a password of its own (PBES2)', async () => seal({ alg: 'PBES2-HS256+A128KW' }, Buffer.from('password'))],
    ['with a password that takes 2^31 rounds to try', async () => [part({ ...genuineHeader, alg: 'PBES2-HS256+A128KW', p2s: 'AAAAAAAAAAAAAAAA', p2c: 2_147_483_647 }), 'A'.repeat(32), 'A'.repeat(16), 'AAAA', 'A'.repeat(22)].join('.')],
    ['with a key agreed upon with itself (ECDH-ES)', async () => seal({ alg: 'ECDH-ES' }, (await generateKeyPair('ECDH-ES')).publicKey)],
    ['with a key of its own under RSA-OAEP', async () => seal({ alg: 'RSA-OAEP-256' }, (await generateKeyPair('RSA-OAEP-256')).publicKey)],
    ['with its key in the header', async () => seal({ jwk: { kty: 'oct', k: Buffer.from(ZERO_KEY).toString('base64url') } }, ZERO_KEY)],
    ['with an empty tag', async () => (await seal({}, ZERO_KEY)).replace(/\.[^.]*$/, '.')],
    ['with a tag of four bytes', async () => (await seal({}, ZERO_KEY)).replace(/\.[^.]*$/, '.AAAAAA')],
    ['without a name of a key', async () => seal({ kid: undefined }, ZERO_KEY)],
    ['with a key name that is a path', async () => seal({ kid: '../../../../dev/null' }, ZERO_KEY)],
    ['with a key name of the prototype', async () => seal({ kid: '__proto__' }, ZERO_KEY)],
    ['with a header that is no JSON', async () => ['bm90IGpzb24', '', 'AAAA', 'AAAA', 'AAAA'].join('.')],
    ['with a header nested without end', async () => [Buffer.from('['.repeat(4_000)).toString('base64url'), '', 'AAAA', 'AAAA', 'AAAA'].join('.')],
  ])('%s', async (_attack, forge) => expectRefused(await forge()));
});

describe('even with the key, a ticket is refused', () => {
  it.each<[string, () => Promise<string>]>([
    ['compressed', async () => sealCompressed(deflateRawSync(bytes()))],
    ['that is a compression bomb', async () => sealCompressed(deflateRawSync(Buffer.alloc(4_000_000)))],
    ['with a critical extension that nobody knows', async () => [part({ ...genuineHeader, crit: ['exp'], exp: 0 }), ...(await seal({}, await ownKey())).split('.').slice(1)].join('.')],
    ['with another header than it was sealed under', async () => [part({ ...genuineHeader, typ: 'JWT' }), ...(await seal({}, await ownKey())).split('.').slice(1)].join('.')],
    ['by another cipher', async () => seal({ enc: 'A128CBC-HS256' }, await ownKey())],
    ['that holds another ticket', async () => seal({ cty: 'JWT' }, await ownKey(), Buffer.from(await seal({}, await ownKey())))],
    ['sealed for another purpose', async () => seal({}, await deriveKey(Buffer.from(SECRET), 'visavis pass v1 renewal'))],
    ['sealed with the secret itself', async () => seal({}, Buffer.from(SECRET).subarray(0, 32))],
    ['for a wire that does not exist', async () => seal({}, await ownKey(), bytes({ ...claims, target: 'file' }))],
    ['that lasts for ever', async () => seal({}, await ownKey(), Buffer.from(JSON.stringify(claims).replace(/"expiresAt":\d+/, '"expiresAt":1e999')))],
    ['without a session', async () => seal({}, await ownKey(), bytes({ ...claims, session: undefined }))],
    ['with claims that are a list', async () => seal({}, await ownKey(), bytes([claims]))],
    ['with claims that are no JSON', async () => seal({}, await ownKey(), Buffer.from('ticket'))],
  ])('%s', async (_attack, forge) => expectRefused(await forge()));

  /** By hand, since a library may refuse to. */
  async function sealCompressed(deflated: Uint8Array): Promise<string> {
    const header = part({ ...genuineHeader, zip: 'DEF' });
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const key = await crypto.subtle.importKey('raw', new Uint8Array(await ownKey()), 'AES-GCM', false, ['encrypt']);
    const sealed = Buffer.from(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: Buffer.from(header) }, key, new Uint8Array(deflated)));
    return [header, '', Buffer.from(nonce).toString('base64url'), sealed.subarray(0, -16).toString('base64url'), sealed.subarray(-16).toString('base64url')].join('.');
  }
});

describe('a renewal pass is refused', () => {
  it.each<[string, (renewal: string, ticket: string) => unknown]>([
    ['when it is a relay ticket', (_renewal, ticket) => ticket],
    ['in the JSON form of a JWE', (renewal) => {
      const [header, key, iv, ciphertext, tag] = renewal.split('.');
      return JSON.stringify({ protected: header, encrypted_key: key, iv, ciphertext, tag });
    }],
    ['as an object', (renewal) => ({ renewal })],
    ['as a list', (renewal) => [renewal]],
    ['with alg none', () => new UnsecuredJWT({ session: 's', subject: 'mallory', origin: ORIGIN }).encode()],
    ['when it is as long as a body may be', (renewal) => renewal + 'A'.repeat(14_000)],
  ])('%s', async (_attack, forge) => {
    const grant = await target().grant('mallory');
    const renewal = forge(renewalOf(grant), ticketOf(grant));
    for (const route of ['renew', 'keep', 'end']) {
      const { status, reason } = await target().ask(`/session/${route}`, { body: { renewal } });
      expect([400, 401]).toContain(status);
      expect(['invalid-options', 'ticket-refused']).toContain(reason);
    }
  });
});
