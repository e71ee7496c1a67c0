import { describe, expect, it } from 'vitest';
import { AvatarError, type ServerLogEntry } from '../../src/server.js';
import { eventually } from '../server/serverHarness.js';
import { handshake, openRaw } from './openRaw.js';
import { isSystem, OPERATOR_TOKEN, startTarget } from './startTarget.js';
import { renewalOf, ticketOf } from './ticketOf.js';
import { useTarget } from './useTarget.js';

const FORGED = 'FORGED {"level":"info","event":"session-grant"}';
/** What could end a line, move a cursor, hide text or turn it round. */
const INJECTIONS: [string, string][] = [
  ['a line end', '\n'],
  ['a carriage return', '\r'],
  ['both', '\r\n'],
  ['an escape sequence', '\u001b[2J\u001b[1;31m'],
  ['an escape sequence of eight bits', '\u009b31m'],
  ['a bell and a backspace', '\u0007\b\b\b'],
  ['a line separator', '\u2028'],
  ['a next-line character', '\u0085'],
  ['a text turned round', '\u202e'],
  ['a zero byte', '\0'],
];
const MAX_ENTRY_CHARS = 2_000;

/** All texts in an entry, as a logger that knows nothing of JSON would print them. */
function textsOf({ event, message, context }: ServerLogEntry): string[] {
  return [event, message, ...Object.entries(context).flatMap(([key, value]) => [key, String(value)])];
}

/** No entry could be taken for two, changes the terminal that shows it, or fills the disk. */
function expectPlainLogs(logs: readonly ServerLogEntry[]): void {
  for (const entry of logs) {
    for (const text of textsOf(entry)) expect(text).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    expect(JSON.stringify(entry).length).toBeLessThan(MAX_ENTRY_CHARS);
  }
}

describe('the log cannot be forged with', () => {
  const target = useTarget();

  it.each(INJECTIONS)('%s in a body', async (_attack, evil) => {
    const text = `x${evil}${FORGED}`;
    for (const body of [{ sessionId: text }, { avatarId: text }, { voice: { service: 'dve', assistantId: text } }, { service: 'akool-live', voiceId: text }, { service: text }, { [text]: 1 }]) await target().ask('/session', { body });
    for (const route of ['renew', 'keep', 'end']) await target().ask(`/session/${route}`, { body: { renewal: text, reason: text, [text]: text } });
    await target().ask('/sessions/end', { body: { sessionId: text } });
    expectPlainLogs(target().logs);
    expect(JSON.stringify(target().logs)).not.toContain('FORGED');
  });

  it.each(INJECTIONS)('%s in the reason of a renewal that is granted', async (_attack, evil) => {
    const { renewal } = await target().grant('mallory');
    await target().ask('/session/renew', { body: { renewal, reason: `x${evil}y` } });
    expectPlainLogs(target().logs);
  });

  it.each(INJECTIONS)('%s in a path, a query or a header', async (_attack, evil) => {
    const text = encodeURIComponent(`x${evil}${FORGED}`);
    for (const path of [`/${text}`, `/session/${text}`, `/health?${text}=${text}`, `/${text}/session`]) await target().ask(path, { headers: { 'user-agent': text, 'x-request-id': text, traceparent: text } });
    const peer = await openRaw(target());
    peer.send(handshake({ path: `/${text}/relay?${text}`, ticket: 'x', headers: { 'User-Agent': text } }));
    await peer.closed;
    expectPlainLogs(target().logs);
    expect(JSON.stringify(target().logs)).not.toContain('FORGED');
  });

  it.each(INJECTIONS)('%s in what a vendor answers', async (_attack, evil) => {
    const text = `x${evil}${FORGED}`;
    target().live.intercept = ({ name }) => (name === 'create' ? { code: 1003, msg: text.repeat(500) } : undefined);
    await target().ask('/session', { body: { service: 'akool-live' } });
    target().live.intercept = ({ name }) => (name === 'create' ? { code: 1000, data: { _id: text, status: 1 } } : name === 'close' ? { code: 1216 } : undefined);
    await target().ask('/session', { body: { service: 'akool-live' } });
    target().vendor.discovery = () => ({ status: 200, body: { code: 1000, msg: text, data: { instances: [{ ip: text, port: 80, status: 'available', healthy: true }] } } });
    await target().ask('/session');
    expectPlainLogs(target().logs);
  });

  it.each(INJECTIONS)('%s in a close, from either side', async (_attack, evil) => {
    const page = target().open(ticketOf(await target().grant('mallory')));
    await page.until(isSystem);
    page.socket.close(4_000, `x${evil}FORGED`);
    await eventually(() => target().relay.connections === 0);
    target().vendor.onSocket = ({ socket }) => socket.close(4_001, `x${evil}FORGED`);
    await target().open(ticketOf(await target().grant('mallory'))).closed;
    expectPlainLogs(target().logs);
    expect(JSON.stringify(target().logs)).not.toContain('FORGED');
  });

  it('a name of 64 KB, or ten thousand requests\' worth of one line', async () => {
    await target().ask('/session', { body: { sessionId: 'a'.repeat(10_000) } });
    await target().ask(`/${'a'.repeat(10_000)}`);
    expectPlainLogs(target().logs);
  });
});

describe('what the app itself throws', () => {
  const secret = 'postgres://root:hunter2@db.internal';
  const thrown = new Map<string, unknown>([
    ['an error', new Error(secret)],
    ['an error with a cause', new Error('x', { cause: new Error(secret) })],
    ['several errors', new AggregateError([new Error(secret)], secret)],
    ['an error whose message looks like a stack', new Error(`failed\n    at ${secret} (x.js:1:1)\n    at again ${secret}`)],
    ['an error whose name is the secret', Object.assign(new Error('x'), { name: secret })],
    ['a text', secret],
    ['an object', { secret, message: secret }],
    ['nothing', undefined],
    ['an error that throws when it is read', Object.defineProperty(new Error('x'), 'stack', { get: () => { throw new Error(secret); } })],
    ['an AvatarError whose cause holds it', new AvatarError('not-authorized', { message: 'No.', cause: new Error(secret) })],
  ]);
  const target = useTarget(({ authorize }) => ({
    authorize: (request) => {
      const name = request.headers.get('x-throw');
      if (name !== null) throw thrown.get(name);
      return authorize(request);
    },
  }));

  it.each([...thrown.keys()])('is told to nobody: %s', async (name) => {
    const { status, text } = await target().ask('/session', { headers: { 'x-throw': name } });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text + JSON.stringify(target().logs) + target().metrics.text()).not.toMatch(/hunter2|db\.internal/);
    expect(JSON.parse(text)).toMatchObject({ error: { reason: expect.any(String), message: expect.any(String) } });
  });
});

describe('the figures of the server', () => {
  const target = useTarget();

  it('do not multiply with what visitors make up', async () => {
    const visit = async (): Promise<void> => {
      const made = crypto.randomUUID();
      await target().ask(`/${made}`, { method: 'GET' });
      await target().ask(`/${made}/session`, { body: { sessionId: made, avatarId: made } });
      await target().ask('/session/renew', { body: { renewal: renewalOf(await target().grant(`user-${made}`)), reason: made } });
      await target().ask('/session', { method: 'PUT', headers: { origin: null } });
      await target().open(made).closed;
    };
    await visit();
    await visit();
    const before = new Set(target().metrics.series());
    for (let times = 0; times < 10; times += 1) await visit();
    expect(new Set(target().metrics.series())).toEqual(before);
  });

  it.each<[string, string | null]>([
    ['nobody', null],
    ['a wrong token', 'Bearer operator-token-wrong'],
    ['half of the token', `Bearer ${OPERATOR_TOKEN.slice(0, -8)}`],
    ['the token and more', `Bearer ${OPERATOR_TOKEN}x`],
    ['the token twice', `Bearer ${OPERATOR_TOKEN}, Bearer ${OPERATOR_TOKEN}`],
    ['the token in other letters', `Bearer ${OPERATOR_TOKEN.toUpperCase()}`],
    ['the token by another scheme', `Basic ${OPERATOR_TOKEN}`],
    ['the token without a scheme', OPERATOR_TOKEN],
    ['an empty token', 'Bearer '],
    ['a user', 'Bearer mallory'],
  ])('are not told to whoever shows %s', async (_attack, authorization) => {
    const { status, text } = await target().ask('/metrics', { method: 'GET', user: null, headers: { origin: null, authorization } });
    expect(status).toBe(401);
    expect(text).not.toContain('requests');
  });

  it('are not told for a token in the query, a cookie or another header', async () => {
    const token = OPERATOR_TOKEN;
    for (const [path, headers] of [[`/metrics?token=${token}&access_token=${token}`, {}], ['/metrics', { cookie: `token=${token}` }], ['/metrics', { 'x-operator-token': token }]] as const)
      expect((await target().ask(path, { method: 'GET', user: null, headers: { origin: null, ...headers } })).status).toBe(401);
  });

  it('do not exist on a server without an operator', async () => {
    const other = await startTarget(() => ({ operatorToken: undefined }));
    const { status } = await other.ask('/metrics', { method: 'GET', user: null, headers: { origin: null, authorization: 'Bearer undefined' } });
    await other.close();
    expect(status).toBe(404);
  });
});
