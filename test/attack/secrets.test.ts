import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AvatarError, createAvatarHandler, createMemoryLedger, createRelay, type ServerLedger } from '../../src/server.js';
import { startFakeVendor } from '../server/fakeVendor.js';
import { collectSpans } from '../server/operate/collectSpans.js';
import { createWitness } from './createWitness.js';
import { startTarget, SET_PARAMS, type Target } from './startTarget.js';
import { ticketOf } from './ticketOf.js';

/** As long as keys are, of all that a header may hold; the last are what a subprotocol may. */
const printable = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
const key = fc.string({ minLength: 16, maxLength: 40, unit: printable });
const word = fc.stringMatching(/^[A-Za-z0-9_-]{16,40}$/);
const hex = fc.stringMatching(/^[0-9a-f]{32}$/);

const METHODS = ['spendTicket', 'reserveNode', 'releaseNode', 'reportNode', 'readNodes', 'endSession', 'isSessionEnded', 'takeSeat', 'holdsSeat', 'consume', 'check'] as const;
const planted = fc.record({
  secrets: fc.record({ server: fc.string({ minLength: 32, maxLength: 60, unit: printable }), node: key, live: key, voice: word, operator: word, certificate: hex, redis: word, database: word, bearer: word, cookie: word, body: word }),
  /** How the vendors tell what they should not. */
  discovery: fc.constantFrom('honest', 'status', 'code', 'garbage', 'field'),
  node: fc.constantFrom('plain', 'escaped', 'encoded', 'name', 'text', 'bytes', 'close'),
  live: fc.constantFrom('honest', 'message', 'field', 'garbage'),
  thrown: fc.constantFrom('nothing', 'error', 'cause', 'text', 'object', 'aggregate', 'multi-line', 'inside'),
  failing: fc.subarray([...METHODS], { maxLength: 2 }),
});
type Planted = typeof planted extends fc.Arbitrary<infer Value> ? Value : never;

/** A ledger whose connection fails for some of what it is asked, with its password in the error. */
function failingLedger(methods: readonly (typeof METHODS)[number][], password: string): ServerLedger {
  const fail = (): Promise<never> => Promise.reject(new Error(`connect ECONNREFUSED redis://default:${password}@10.0.0.9:6379`, { cause: new Error(password) }));
  return { ...createMemoryLedger(), ...Object.fromEntries(methods.map((method) => [method, fail])) };
}

function thrownBy(kind: Planted['thrown'], secret: string): unknown {
  const plain = new Error(`postgres://root:${secret}@db`);
  return {
    error: plain,
    cause: new Error('It failed.', { cause: plain }),
    text: secret,
    object: { secret, message: secret, reason: secret, stack: secret },
    aggregate: new AggregateError([plain], secret),
    'multi-line': new Error(`It failed.\n    at ${secret} (file.js:1:1)`),
    inside: new AvatarError('not-authorized', { message: 'No.', cause: plain }),
    nothing: null,
  }[kind];
}

function echo(kind: Planted['node'], secret: string): string | Buffer {
  const escaped = [...secret].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  return {
    plain: JSON.stringify({ type: 'error', secret }),
    escaped: `{"type":"error","secret":"${escaped}"}`,
    encoded: JSON.stringify({ type: 'error', secret: encodeURIComponent(secret) }),
    name: JSON.stringify({ type: 'error', [secret]: 1 }),
    text: `error ${secret} error`,
    bytes: Buffer.from(secret),
    close: '{"type":"error"}',
  }[kind];
}

/** Everything that a visitor, an operator or a tracing service is shown while all goes wrong. */
async function leaksOf({ secrets, discovery, node, live, thrown, failing }: Planted): Promise<string[]> {
  const vendor = await startFakeVendor(secrets.node);
  const collected = collectSpans();
  let target: Target | undefined;
  try {
    target = await startTarget(({ akool, akoolLive, dve, authorize }) => ({
      secret: secrets.server,
      operatorToken: secrets.operator,
      akool: akool && { ...akool, apiKey: secrets.node, discoveryUrl: vendor.discoveryUrl },
      akoolLive: akoolLive && { ...akoolLive, apiKey: secrets.live },
      dve: dve && { ...dve, apiKey: secrets.voice },
      channel: { kind: 'agora', appId: 'a1'.repeat(16), certificate: secrets.certificate },
      ledger: failingLedger(failing, secrets.redis),
      authorize: (request) => {
        if (request.headers.has('x-throw')) throw thrownBy(thrown, secrets.database);
        return authorize(request);
      },
    }));
    const { ask, open, logs, metrics, live: liveVendor } = target;
    const shown: string[] = [];
    const witness = createWitness({ secrets: Object.values(secrets), addresses: () => [], publisherTokens: () => [], internal: () => [JSON.stringify(logs), metrics.text(), JSON.stringify(collected.spans().map(({ name, attributes, events, status }) => ({ name, attributes, events, status })))] });
    const visit = async (...args: Parameters<Target['ask']>): Promise<string> => {
      const { text, headers } = await ask(...args);
      shown.push(text, [...headers].join('\n'));
      return text;
    };

    const headers = { cookie: `session=${secrets.cookie}`, 'x-api-key': secrets.cookie, authorization: `Bearer ${secrets.bearer}` };
    const first = JSON.parse(await visit('/session', { headers: { ...headers, authorization: 'Bearer mallory' }, body: { note: secrets.body } })) as Parameters<typeof ticketOf>[0]; // A grant or a refusal.
    if (first.avatar !== undefined) {
      vendor.onSocket = ({ socket }) => {
        socket.send(echo(node, secrets.node));
        if (node === 'close') socket.close(4_001, secrets.node);
        else socket.send('{"type":"system"}');
      };
      const page = open(ticketOf(first));
      page.socket.once('open', () => page.send(SET_PARAMS));
      const opened = new Promise<void>((resolve) => page.socket.once('message', () => resolve()));
      await Promise.race([page.closed, opened]);
      if (node !== 'close') page.socket.close();
      shown.push((await page.closed).reason, ...page.received);
    }
    vendor.discovery = () =>
      ({
        honest: { status: 200, body: { code: 1000, data: { instances: [] } } },
        status: { status: 500, body: `bad key ${secrets.node}` },
        code: { status: 200, body: { code: 4001, msg: `bad key ${secrets.node}` } },
        garbage: { status: 200, body: `<${secrets.node}>` },
        field: { status: 200, body: { code: 1000, [secrets.node]: secrets.node, data: { instances: [{ ip: secrets.node, port: 1, status: secrets.node, healthy: true }] } } },
      })[discovery];
    liveVendor.intercept = () => ({ honest: undefined, message: { code: 1003, msg: `bad key ${secrets.live}` }, field: { code: 1000, [secrets.live]: secrets.live, data: { _id: 'x', status: 1, [secrets.live]: 1 } }, garbage: { [secrets.live]: secrets.live } })[live];
    target.advance(2_000);
    await visit('/session', { headers });
    await visit('/session', { headers, body: { service: 'akool-live' } });
    await visit('/session', { headers: { ...headers, 'x-throw': '1' } });
    await visit('/session/renew', { headers: { ...headers, authorization: 'Bearer mallory' }, body: { renewal: first.renewal ?? secrets.body, reason: 'because' } });
    await visit('/session/end', { headers, body: { renewal: secrets.body } });
    await visit(`/${secrets.body}/session`, { headers, body: { [secrets.body]: secrets.body } });
    await visit('/sessions', { method: 'GET', headers });
    await visit('/ready', { method: 'GET', headers });
    await visit('/metrics', { method: 'GET', user: null, headers: { authorization: `Bearer ${secrets.operator}`, origin: null } });
    await visit('/catalogue/avatars', { method: 'GET', headers });
    witness.answered(...shown);
    return witness.leaks();
  } finally {
    collected.stop();
    await target?.close();
    await vendor.close();
  }
}

it('shows no secret to anybody, wherever it was planted and whatever fails', async () => {
  const property = fc.asyncProperty(planted, async (everything) => {
    expect(await leaksOf(everything)).toEqual([]);
  });
  await fc.assert(property, { numRuns: 40 });
}, 120_000);

it('would find a secret that is shown, in each of its spellings', () => {
  fc.assert(
    fc.property(key, fc.constantFrom('utf8', 'hex', 'base64', 'base64url', 'url'), (secret, spelling) => {
      const witness = createWitness({ secrets: [secret], addresses: () => [], publisherTokens: () => [], internal: () => [] });
      witness.answered(`before ${spelling === 'url' ? encodeURIComponent(secret) : Buffer.from(secret).toString(spelling)} after`);
      expect(witness.leaks()).toEqual([`answer: ${secret}`]);
    }),
  );
});

it('quotes no option that is wrong', () => {
  const options = (change: object): Parameters<typeof createAvatarHandler>[0] => ({
    secret: 's'.repeat(32), authorize: () => null, allowedOrigins: ['https://app.example.com'],
    akool: { apiKey: 'k' }, channel: { kind: 'agora', appId: '0'.repeat(32), certificate: '1'.repeat(32) }, ...change,
  });
  fc.assert(
    fc.property(fc.stringMatching(/^PLANTED[a-z0-9]{8,20}$/), (secret) => {
      const bad = [
        { secret: secret.slice(0, 20) }, { secret: ['s'.repeat(32), secret.slice(0, 20)] }, { akool: { apiKey: `${secret} x` } }, { akool: { apiKey: `${secret}\n` } }, { akool: { apiKey: 'k', discoveryUrl: `http://user:${secret}@discovery.example.com` } },
        { channel: { kind: 'agora', appId: '0'.repeat(32), certificate: secret } }, { channel: { kind: secret } }, { dve: { apiKey: `${secret}=` } }, { dve: { apiKey: 'k', url: `wss://user:${secret}@voice.example.com` } },
        { akoolLive: { apiKey: `${secret} ` } }, { akoolLive: { clientId: 'c', clientSecret: `${secret} \n` } }, { relayUrl: `wss://user:${secret}@relay.example.com` }, { operatorToken: secret.slice(0, 10) },
      ];
      for (const change of bad)
        for (const make of [createAvatarHandler, createRelay]) {
          let message = '';
          try {
            make(options(change));
          } catch (error) {
            message = `${String(error)} ${JSON.stringify(error)} ${error instanceof Error ? `${error.stack} ${String(error.cause)}` : ''}`;
          }
          expect(message).not.toContain('PLANTED');
        }
    }),
    { numRuns: 20 },
  );
});
