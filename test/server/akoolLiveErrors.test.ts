import { describe, expect, it } from 'vitest';
import { AvatarError, createAkoolClient, type AkoolClientOptions } from '../../src/server.js';
import { createManualServerClock } from './manualServerClock.js';

const KEY = 'sk-very-secret-1';

interface Call {
  readonly url: URL;
  readonly init: RequestInit;
}

/** A vendor that answers what it is told, call by call; the last answer is repeated. */
function scripted(...answers: readonly (() => Response | Promise<Response>)[]) {
  const calls: Call[] = [];
  const fetch: typeof globalThis.fetch = async (url, init = {}) => {
    calls.push({ url: new URL(String(url)), init });
    const answer = answers[Math.min(calls.length, answers.length) - 1];
    if (!answer) throw new Error('nothing is scripted');
    return answer();
  };
  return { calls, fetch };
}

const json = (body: unknown, status = 200) => () => new Response(JSON.stringify(body), { status });
/** The error with which a call fails; anything else is a failure of the test. */
async function failure(promise: Promise<unknown>): Promise<AvatarError> {
  const error = await promise.then(() => new Error('It did not fail.'), (cause: unknown) => cause);
  if (!AvatarError.isInstance(error)) throw error;
  return error;
}
const client = (fetch: typeof globalThis.fetch, change: Partial<AkoolClientOptions> = {}) => createAkoolClient({ apiKey: KEY, fetch, ...change });

/** Code -> reason and whether to try again, from the vendor's table of codes and their classes. */
const codes: readonly (readonly [number, string, boolean])[] = [
  [1003, 'invalid-options', false],
  [1004, 'avatar-refused', false],
  [1005, 'rate-limited', true],
  [1006, 'quota-exceeded', false],
  [1007, 'avatar-refused', false],
  [1008, 'not-found', false],
  [1009, 'avatar-refused', false],
  [1010, 'avatar-refused', false],
  [1011, 'avatar-refused', false],
  [1013, 'avatar-refused', false],
  [1014, 'not-found', false],
  [1015, 'avatar-error', false],
  [1016, 'avatar-error', false],
  [1017, 'avatar-error', false],
  [1101, 'key-rejected', false],
  [1102, 'key-rejected', false],
  [1103, 'quota-exceeded', false],
  [1104, 'quota-exceeded', false],
  [1105, 'avatar-error', false],
  [1108, 'avatar-refused', false],
  [1109, 'key-rejected', false],
  [1110, 'avatar-refused', false],
  [1111, 'avatar-error', false],
  [1112, 'avatar-refused', false],
  [1200, 'key-rejected', false],
  [1201, 'avatar-error', false],
  [1202, 'avatar-refused', false],
  [1203, 'avatar-refused', false],
  [1204, 'avatar-refused', false],
  [1205, 'avatar-error', false],
  [1206, 'avatar-error', false],
  [1207, 'avatar-refused', false],
  [1208, 'avatar-refused', false],
  [1209, 'avatar-refused', false],
  [1210, 'avatar-refused', false],
  [1211, 'avatar-error', false],
  [1212, 'avatar-error', false],
  [1213, 'quota-exceeded', false],
  [1214, 'avatar-busy', true],
  [1215, 'avatar-busy', true],
  [1216, 'not-found', false],
  [1217, 'avatar-error', false],
  [1218, 'avatar-error', false],
  [1219, 'session-ended', false],
  [1220, 'avatar-refused', false],
  [1221, 'quota-exceeded', false],
  [1222, 'avatar-refused', false],
  [1223, 'avatar-refused', false],
  [9999, 'avatar-error', false],
];

describe('every code of the vendor', () => {
  it.each(codes)('%i becomes %s, retryable %s', async (code, reason, retryable) => {
    const { fetch } = scripted(json({ code, msg: 'words of the vendor' }));
    const error = await failure(client(fetch).sessions.detail('s1'));
    expect(error).toMatchObject({ reason, retryable, context: { code, vendorMessage: 'words of the vendor', operation: 'GET /api/open/v4/liveAvatar/session/detail' } });
  });

  it('counts more than the HTTP status, and may be a text', async () => {
    const { fetch } = scripted(json({ code: '1215', msg: '' }, 500));
    expect(await failure(client(fetch).sessions.detail('s1'))).toMatchObject({ reason: 'avatar-busy', context: { code: 1215 } });
  });
});

describe('what is no answer of the API', () => {
  it.each([
    [401, 'key-rejected', false],
    [403, 'key-rejected', false],
    [404, 'not-found', false],
    [429, 'rate-limited', true],
    [302, 'avatar-unreachable', false],
    [413, 'avatar-unreachable', false],
    [502, 'avatar-unreachable', true],
  ])('with HTTP %i becomes %s, retryable %s', async (status, reason, retryable) => {
    const { fetch } = scripted(() => new Response('<html>', { status }));
    expect(await failure(client(fetch).voices.languages())).toMatchObject({ reason, retryable, context: { status } });
  });

  it.each([
    ['no JSON', () => new Response('<html>')],
    ['no code', json({ data: {} })],
    ['no data', json({ code: 1000, msg: 'OK' })],
    ['data of another shape', json({ code: 1000, data: { lang_list: [{}] } })],
    ['more than 8 MB', () => new Response('x'.repeat(8 * 1_048_576 + 1))],
  ])('with %s becomes message-invalid', async (_name, answer) => {
    const { fetch } = scripted(answer);
    expect(await failure(client(fetch).voices.languages())).toMatchObject({ reason: 'message-invalid', retryable: false });
  });

  it('becomes avatar-unreachable when there is no connection, without the words of the network', async () => {
    const { fetch } = scripted(() => Promise.reject(new TypeError(`fetch failed ${KEY}`)));
    const error = await failure(client(fetch).voices.languages());
    expect(error).toMatchObject({ reason: 'avatar-unreachable', retryable: true });
    expect(error.cause).toBeUndefined();
  });
});

describe('time and abort', () => {
  const hanging: typeof globalThis.fetch = (_url, init) =>
    new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))));

  it('gives a call up after 15 s', async () => {
    const clock = createManualServerClock();
    const error = failure(client(hanging, { clock }).voices.languages());
    clock.advance(15_000);
    expect(await error).toMatchObject({ reason: 'avatar-timeout', retryable: true });
    expect(clock.pending).toBe(0);
  });

  it('rejects with the reason of the signal, and leaves no timer', async () => {
    const clock = createManualServerClock();
    const aborting = new AbortController();
    const call = client(hanging, { clock }).voices.languages({ signal: aborting.signal });
    aborting.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    expect(clock.pending).toBe(0);
  });
});

describe('secrets', () => {
  it('travel in the header x-api-key alone', async () => {
    const { fetch, calls } = scripted(json({ code: 1000, data: { lang_list: [] } }));
    await client(fetch).voices.languages();
    const [call] = calls;
    expect(new Headers(call?.init.headers).get('x-api-key')).toBe(KEY);
    expect(new Headers(call?.init.headers).has('authorization')).toBe(false);
    expect(call?.init.redirect).toBe('manual');
    expect(call?.url.href).toBe('https://openapi.akool.com/api/open/v3/language/list');
  });

  it('are taken out of what the vendor says', async () => {
    const { fetch } = scripted(json({ code: 1003, msg: `bad key ${KEY} and el-secret-9 and room-token-7` }));
    const error = await failure(
      client(fetch).sessions.create({
        avatarId: 'a',
        voiceParams: { elevenLabs: { apiKey: 'el-secret-9' } },
        stream: { type: 'agora', room: { uid: 1, channel: 'c', token: 'room-token-7' } },
      }),
    );
    expect(error.context['vendorMessage']).toBe('bad key *** and *** and ***');
    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toMatch(/sk-very|el-secret|room-token/);
  });

  it.each([
    [{ apiKey: '' }],
    [{ apiKey: 'with blank' }],
    [{ clientId: 'id', clientSecret: '' }],
    [{ apiKey: KEY, baseUrl: 'ftp://example.com' }],
    [{ apiKey: KEY, baseUrl: 'https://user:pass@example.com' }],
    [{ apiKey: KEY, timeoutMs: 0 }],
  ])('and addresses that cannot be right are refused at once: case %#', (options) => {
    expect(() => createAkoolClient(options)).toThrow(expect.objectContaining({ reason: 'server-misconfigured' }));
  });
});

describe('tokens', () => {
  const credentials = { clientId: 'id-1', clientSecret: 'secret-1' };
  const languages = json({ code: 1000, data: { lang_list: [] } });
  const jwt = (expSeconds: number) => `e30.${Buffer.from(JSON.stringify({ exp: expSeconds })).toString('base64url')}.c2ln`;
  const paths = (calls: readonly Call[]) => calls.map(({ url }) => url.pathname.split('/').at(-1));

  it('are asked for once, however many wait, and sent as Bearer', async () => {
    const { fetch, calls } = scripted(json({ code: 1000, token: 'tok-1' }), languages);
    const akool = createAkoolClient({ ...credentials, fetch });
    await Promise.all([akool.voices.languages(), akool.voices.languages()]);
    expect(paths(calls)).toEqual(['getToken', 'list', 'list']);
    expect(JSON.parse(String(calls[0]?.init.body))).toEqual(credentials);
    const headers = new Headers(calls[1]?.init.headers);
    expect([headers.get('authorization'), headers.has('x-api-key')]).toEqual(['Bearer tok-1', false]);
  });

  it('are renewed five minutes before they expire, as far as they say when', async () => {
    const clock = createManualServerClock();
    const inOneHour = jwt(Math.floor(clock.epochMs() / 1000) + 3_600);
    const { fetch, calls } = scripted(json({ code: 1000, token: inOneHour }), json({ code: 1000, token: 'tok-2' }));
    const akool = createAkoolClient({ ...credentials, fetch, clock });
    expect(await akool.getToken()).toBe(inOneHour);
    clock.advance(54 * 60_000);
    expect(await akool.getToken()).toBe(inOneHour);
    clock.advance(2 * 60_000);
    expect(await akool.getToken()).toBe('tok-2');
    expect(calls).toHaveLength(2);
  });

  it('that are refused are renewed and the call is made once more, not twice', async () => {
    const refused = json({ code: 1101, msg: 'illegal token tok-1' });
    const { fetch, calls } = scripted(json({ code: 1000, token: 'tok-1' }), refused, json({ code: 1000, token: 'tok-2' }), languages);
    await createAkoolClient({ ...credentials, fetch }).voices.languages();
    expect(new Headers(calls[3]?.init.headers).get('authorization')).toBe('Bearer tok-2');

    const never = scripted(json({ code: 1000, token: 'tok-1' }), refused, json({ code: 1000, token: 'tok-1' }), refused);
    const error = await failure(createAkoolClient({ ...credentials, fetch: never.fetch }).voices.languages());
    expect(error).toMatchObject({ reason: 'key-rejected', context: { vendorMessage: 'illegal token ***' } });
    expect(never.calls).toHaveLength(4);
  });

  it('are not asked for again by an abort of one who waits', async () => {
    let release = (_response: Response) => {};
    const { fetch, calls } = scripted(() => new Promise((resolve) => (release = resolve)));
    const akool = createAkoolClient({ ...credentials, fetch });
    const aborting = new AbortController();
    const aborted = akool.getToken({ signal: aborting.signal });
    const other = akool.getToken();
    aborting.abort();
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    release(json({ code: 1000, token: 'tok-1' })());
    expect(await other).toBe('tok-1');
    expect(calls).toHaveLength(1);
  });

  it('are tried again after a failure', async () => {
    const { fetch } = scripted(json({ code: 1005, msg: '' }), json({ code: 1000, token: 'tok-1' }));
    const akool = createAkoolClient({ ...credentials, fetch });
    expect(await failure(akool.getToken())).toMatchObject({ reason: 'rate-limited' });
    expect(await akool.getToken()).toBe('tok-1');
  });

  it('are none of a client with a key', async () => {
    const { fetch, calls } = scripted(languages);
    expect(await failure(client(fetch).getToken())).toMatchObject({ reason: 'server-misconfigured' });
    expect(calls).toEqual([]);
  });
});
