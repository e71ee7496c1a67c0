import { afterEach, describe, expect, it } from 'vitest';
import { avatarEntry } from './fakeCatalogue.js';
import { ORIGIN, refusalOf, startRoutes, type RoutesHarness } from './routesHarness.js';

let server: RoutesHarness;
const start = async (...args: Parameters<typeof startRoutes>): Promise<RoutesHarness> => (server = await startRoutes(...args));
afterEach(() => server.close());

const json = async (path: string, headers?: Record<string, string>): Promise<Record<string, unknown>> => (await server.get(path, headers)).json() as Promise<Record<string, unknown>>; // Compared by the caller.
const LISTS = ['avatars', 'voices', 'languages', 'knowledge'];

describe('the catalogue', () => {
  it('lists avatars, voices, languages and names of knowledge, with the fields that are meant for pages alone', async () => {
    await start(() => ({ catalogue: { knowledge: true } }));
    expect(await json('/catalogue/avatars?size=1')).toEqual({
      items: [{ avatarId: 'ava', name: 'ava', gender: 'Female', origin: 'official', status: 'ready', usable: true, voiceId: 'v1', url: 'https://cdn.example.com/a.mp4', thumbnailUrl: null }],
      total: 3, page: 1, size: 1,
    });
    expect(await json('/catalogue/voices')).toEqual({
      items: [{ voiceId: 'v1', name: 'Alma', gender: 'Female', language: 'English', locale: 'en-US', previewUrl: 'https://cdn.example.com/a.mp3', streams: true, styles: ['Calm'], scenarios: [], ages: [] }],
      total: 1, page: 1, size: 50,
    });
    expect(await json('/catalogue/languages')).toEqual({ items: [{ code: 'en', name: 'English', flagUrl: 'https://cdn.example.com/en.svg' }] });
    expect(await json('/catalogue/knowledge')).toEqual({ items: [{ id: 'k1', name: 'House rules' }], total: null, page: 1, size: 50 });
  });

  it('asks the vendor for the page and with the filters that were asked for', async () => {
    await start(() => ({ catalogue: { clonedVoices: true } }));
    await server.get('/catalogue/avatars?page=2&size=7&platform=aigc&junk=1');
    await server.get('/catalogue/voices?type=clone&gender=Male&streams=true&style=&name=Al');
    expect(server.vendor.asked).toEqual([
      { list: 'avatar/list', query: { page: '2', size: '7', platform: 'aigc' } },
      { list: 'voice/list', query: { page: '1', size: '50', type: '1', gender: 'Male', name: 'Al', support_stream: '1' } },
    ]);
  });

  it.each(['avatars?size=101', 'avatars?size=0', 'avatars?page=0', 'avatars?page=1e9', 'avatars?page=x', 'avatars?platform=other', 'voices?streams=maybe', `voices?name=${'a'.repeat(65)}`, 'voices?name=a%0Ab'])(
    'refuses %s without a word to the vendor, and does not repeat the value',
    async (query) => {
      await start();
      const refused = await refusalOf(await server.get(`/catalogue/${query}`));
      expect(refused).toMatchObject({ status: 400, reason: 'invalid-options' });
      expect(refused.message).toContain(query.split(/[?=]/)[1]);
      expect(refused.message).not.toContain('aaa');
      expect(server.vendor.asked).toEqual([]);
    },
  );

  it.each(LISTS)('asks authorize before it shows %s', async (list) => {
    await start(() => ({ catalogue: { knowledge: true } }));
    expect(await refusalOf(await server.get(`/catalogue/${list}`, { 'x-user': 'nobody' }))).toMatchObject({ status: 401, reason: 'not-authorized' });
    expect(await refusalOf(await server.get(`/catalogue/${list}`, { origin: 'https://evil.example.com' }))).toMatchObject({ status: 403, reason: 'origin-refused' });
    expect(server.vendor.asked).toEqual([]);
  });

  it('keeps knowledge and cloned voices to itself unless the server says otherwise', async () => {
    await start();
    expect(await refusalOf(await server.get('/catalogue/knowledge'))).toMatchObject({ status: 404, reason: 'not-found' });
    expect(await refusalOf(await server.get('/catalogue/voices?type=clone'))).toMatchObject({ status: 401, reason: 'not-authorized' });
    expect(server.vendor.asked).toEqual([]);
  });

  it('is not there where no sessions are held at the vendor', async () => {
    await start(() => ({ akoolLive: undefined, dve: { apiKey: 'k', assistantId: 'a' } }));
    expect(await refusalOf(await server.get('/catalogue/avatars'))).toMatchObject({ status: 404, reason: 'not-found' });
  });

  it('shows a subject only the avatars that it may use, wherever in the vendor\'s list they stand', async () => {
    await start(() => ({ authorize: (request) => ({ id: 'ada', allowedAvatars: (request.headers.get('x-allowed') ?? '').split(',') }) }));
    server.vendor.avatars.push(...Array.from({ length: 220 }, (_, index) => avatarEntry(`n${index}`)));
    const allowed = { 'x-allowed': 'n219,zoe,unknown' };
    const idsOf = async (query: string) => ((await json(`/catalogue/avatars${query}`, allowed))['items'] as { avatarId: string }[]).map(({ avatarId }) => avatarId); // As above.
    expect(await idsOf('')).toEqual(['zoe', 'n219']);
    expect(await idsOf('?size=1&page=2')).toEqual(['n219']);
    expect(await json('/catalogue/avatars?size=1', allowed)).toMatchObject({ total: 2, page: 1, size: 1 });
    expect(await json('/catalogue/avatars', { 'x-allowed': 'n5' })).toMatchObject({ total: 1 });
    // Three pages of the vendor's, for all of that.
    expect(server.vendor.asked.map(({ query }) => query)).toEqual([1, 2, 3].map((page) => ({ page: String(page), size: '100' })));
  });
});

describe('what the vendor says is remembered', () => {
  const failing = () => ({ code: 1218, msg: 'trouble with catalogue-key-58d1' });

  it('for its time, for everybody, by query', async () => {
    await start(() => ({ catalogue: { ttlMs: 60_000 } }));
    for (const user of ['ada', 'bob']) await server.get('/catalogue/languages', { 'x-user': user });
    await server.get('/catalogue/avatars');
    await server.get('/catalogue/avatars?page=1&size=50');
    expect(server.vendor.asked.map(({ list }) => list)).toEqual(['language/list', 'avatar/list']);
    server.clock.advance(60_000);
    await server.get('/catalogue/languages');
    expect(server.vendor.asked).toHaveLength(3);
  });

  it('and asked for once, however many wait; one that leaves takes nothing from the others', async () => {
    await start();
    let release = (): void => {};
    const held = new Promise<undefined>((resolve) => (release = () => resolve(undefined)));
    server.vendor.intercept = () => held;
    const page = new AbortController();
    const leaving = server.handler(new Request('https://app.example.com/catalogue/voices', { signal: page.signal }));
    const waiting = [server.get('/catalogue/voices'), server.get('/catalogue/voices')];
    await expect.poll(() => server.vendor.asked.length).toBe(1);
    page.abort('gone');
    expect((await leaving).status).toBe(499);
    release();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200]);
    expect(server.vendor.asked).toHaveLength(1);
    expect(server.logs).toEqual([]);
  });

  it('and shown while the vendor fails, which is asked again after a pause, but not for ever', async () => {
    await start(() => ({ catalogue: { ttlMs: 60_000, staleMs: 100_000 } }));
    const fresh = await json('/catalogue/languages');
    server.vendor.intercept = failing;
    server.clock.advance(60_000);
    expect(await json('/catalogue/languages')).toEqual(fresh);
    expect(await json('/catalogue/languages')).toEqual(fresh);
    expect(server.vendor.asked).toHaveLength(2);
    expect(server.logs).toMatchObject([{ level: 'warn', event: 'catalogue-stale' }]);
    server.clock.advance(5_000);
    await json('/catalogue/languages');
    expect(server.vendor.asked).toHaveLength(3);
    server.clock.advance(95_000);
    expect(await refusalOf(await server.get('/catalogue/languages'))).toMatchObject({ status: 502, reason: 'avatar-error' });
    server.vendor.intercept = () => undefined;
    expect(await json('/catalogue/languages')).toEqual(fresh);
  });

  it('and its failures are not: the next one asks again, and hears nothing of the vendor\'s words', async () => {
    await start();
    server.vendor.intercept = failing;
    const refused = await refusalOf(await server.get('/catalogue/languages'));
    expect(JSON.stringify([refused, server.logs])).not.toContain('catalogue-key');
    server.vendor.intercept = () => undefined;
    expect((await server.get('/catalogue/languages')).status).toBe(200);
  });

  it('for so many queries, the one of longest ago making room', async () => {
    await start();
    const ask = (name: string) => server.get(`/catalogue/voices?name=${name}`, { 'x-user': name });
    for (let n = 0; n < 200; n++) await ask(`n${n}`);
    await ask('n0');
    await ask('more');
    await ask('n0');
    expect(server.vendor.asked).toHaveLength(201);
    await ask('n1');
    expect(server.vendor.asked).toHaveLength(202);
  });

  it('by the browser as well, which asks whether it may still see it', async () => {
    await start();
    const first = await server.get('/catalogue/avatars', { origin: ORIGIN });
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect(first.headers.get('vary')).toBe('Authorization, Cookie, Origin');
    expect(first.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(first.headers.get('x-content-type-options')).toBe('nosniff');
    const etag = first.headers.get('etag') ?? '';
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const again = await server.get('/catalogue/avatars', { 'if-none-match': tag });
      expect([again.status, await again.text(), again.headers.get('cache-control')]).toEqual([304, '', 'private, no-cache']);
    }
    expect((await server.get('/catalogue/avatars', { 'if-none-match': '"other"' })).status).toBe(200);
    const refused = await server.get('/catalogue/avatars', { 'if-none-match': etag, 'x-user': 'nobody' });
    expect([refused.status, refused.headers.get('cache-control')]).toEqual([401, 'no-store']);
  });

  it('but how often one subject may ask is counted', async () => {
    await start(() => ({ limits: { maxReadsPerMinute: 2 } }));
    for (let n = 0; n < 2; n++) expect((await server.get('/catalogue/languages')).status).toBe(200);
    const refused = await server.get('/catalogue/languages', { origin: ORIGIN });
    expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('access-control-expose-headers')]).toEqual([429, '60', 'Retry-After']);
    expect((await server.get('/catalogue/languages', { 'x-user': 'bob' })).status).toBe(200);
  });
});
