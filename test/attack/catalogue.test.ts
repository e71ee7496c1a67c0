import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { avatarEntry, startFakeCatalogue, type FakeCatalogue } from '../server/routes/fakeCatalogue.js';
import { startTarget, type Target } from './startTarget.js';

let vendor: FakeCatalogue;
let target: Target;

beforeEach(async () => {
  vendor = await startFakeCatalogue();
  target = await startTarget(({ authorize, limits }) => ({
    akoolLive: { apiKey: vendor.apiKey, baseUrl: vendor.baseUrl },
    limits: { ...limits, maxReadsPerMinute: 50 },
    authorize: async (request) => {
      const subject = await authorize(request);
      return subject?.id === 'mallory' ? { ...subject, allowedAvatars: ['ava'] } : subject;
    },
  }));
});
afterEach(async () => {
  expect(target.witness.leaks()).toEqual([]);
  await target.close();
  await vendor.close();
});

const read = (list: string, user: string | null = 'mallory') => target.ask(`/catalogue/${list}`, { method: 'GET', user });

describe('the catalogue', () => {
  it.each(['avatars', 'voices', 'languages', 'knowledge'])('of %s is shown to nobody whom authorize does not know', async (list) => {
    expect(await read(list, null)).toMatchObject({ status: 401, reason: 'not-authorized' });
    expect(vendor.asked).toEqual([]);
  });

  it('shows a subject no avatar that it may not use, though another has just been shown all', async () => {
    expect((await read('avatars', 'ada')).text).toContain('zoe');
    for (const query of ['', '?page=1&size=100', '?page=2&size=1', '?allowedAvatars=zoe', '?avatarId=zoe', '?subject=ada']) expect((await read(`avatars${query}`)).text).not.toMatch(/zoe|bob/);
  });

  it('is kept by no cache that others share', async () => {
    for (const list of ['avatars', 'voices', 'languages']) {
      const { headers } = await read(list);
      expect(headers.get('cache-control')).toMatch(/private|no-store/);
      expect(headers.get('cache-control')).not.toMatch(/public|s-maxage/);
    }
  });

  it('does not tell two subjects\' lists apart by a mark of the first one\'s', async () => {
    const all = await read('avatars', 'ada');
    const mark = all.headers.get('etag');
    const mine = await target.ask('/catalogue/avatars', { method: 'GET', headers: { 'if-none-match': mark ?? '"none"' } });
    expect(mine.status).toBe(200);
    expect(mine.text).not.toContain('zoe');
  });

  it('shows nothing of the vendor\'s answer but what is listed', async () => {
    for (const list of ['avatars', 'voices', 'languages']) expect((await read(list, 'ada')).text).not.toMatch(/not-for-pages|4711|record-|team_secret/);
  });

  it('names no knowledge unless the operator says so', async () => {
    expect((await read('knowledge', 'ada')).status).toBe(404);
    expect(vendor.asked).toEqual([]);
  });

  it('shows no cloned voices unless the operator says so', async () => {
    const { status, text } = await read('voices?type=clone', 'ada');
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).not.toContain('Alma');
    expect(vendor.asked).toEqual([]);
  });

  it('hands on no address that a browser would run', async () => {
    vendor.avatars.push(avatarEntry('evil', { url: 'javascript:alert(1)', thumbnailUrl: 'data:text/html,<script>alert(1)</script>' }), avatarEntry('file', { url: 'file:///etc/passwd', thumbnailUrl: 'vbscript:x' }));
    expect((await read('avatars', 'ada')).text).not.toMatch(/javascript:|data:|file:|vbscript:/);
  });

  it.each(['page=0', 'page=-1', 'page=1e9', 'page=99999', 'size=0', 'size=101', 'size=1e9', 'size=NaN', 'page=1.5', 'platform=../admin', 'platform=open%26api_key%3Dx'])('refuses the query %s without a word to the vendor', async (query) => {
    const { status, reason } = await read(`avatars?${query}`, 'ada');
    expect({ status, reason }).toEqual({ status: 400, reason: 'invalid-options' });
    expect(vendor.asked).toEqual([]);
  });

  it('lets no filter change what else is asked of the vendor', async () => {
    await read(`voices?name=${encodeURIComponent('x&size=100000&api_key=y#')}&style=${encodeURIComponent('a%26page=9')}`, 'ada');
    for (const { query } of vendor.asked) {
      expect(Number(query['size'])).toBeLessThanOrEqual(100);
      expect(query).not.toHaveProperty('api_key');
    }
  });

  it('asks the vendor once, however many ask at once', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, index) => read('languages', `user-${index}`)));
    expect(vendor.asked).toHaveLength(1);
  });

  it('is not a way to have the vendor asked for ever new things', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => read(`voices?name=x${index}`, 'ada')));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(150);
    expect(vendor.asked).toHaveLength(50);
  });

  it('shows nobody the words with which the vendor refuses', async () => {
    vendor.intercept = () => ({ code: 1101, msg: `bad key ${vendor.apiKey}` });
    const { status, text } = await read('voices', 'ada');
    expect(status).toBe(502);
    expect(text).not.toContain(vendor.apiKey);
    expect(JSON.stringify(target.logs)).not.toContain(vendor.apiKey);
  });
});
