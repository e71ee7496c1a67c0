import { describe, expect, it } from 'vitest';
import { ORIGIN } from '../server/serverHarness.js';
import { useTarget } from './useTarget.js';

let asked = 0;
const target = useTarget(({ authorize }) => ({ authorize: (request) => ((asked += 1), authorize(request)) }));
const LOOKALIKES: [string, string][] = [
  ['of another site', 'https://evil.example.org'],
  ['that begins like ours', `${ORIGIN}.evil.example.org`],
  ['that ends like ours', 'https://evil-app.example.com'],
  ['of a subdomain', 'https://x.app.example.com'],
  ['of the parent domain', 'https://example.com'],
  ['with another scheme', 'http://app.example.com'],
  ['with another port', `${ORIGIN}:8443`],
  ['with the port spelled out', `${ORIGIN}:443`],
  ['with a dot at its end', `${ORIGIN}.`],
  ['with a slash at its end', `${ORIGIN}/`],
  ['in upper case', ORIGIN.toUpperCase()],
  ['with a user name', 'https://app.example.com@evil.example.org'],
  ['that is opaque', 'null'],
  ['that is a star', '*'],
  ['that is ours and another', `${ORIGIN}, https://evil.example.org`],
  ['that is another and ours', `https://evil.example.org ${ORIGIN}`],
  ['that is a file', 'file://'],
  ['that is empty', ''],
];

describe('a page with an origin', () => {
  it.each(LOOKALIKES)('%s is refused before anybody asks who it is, and may read nothing', async (_attack, origin) => {
    asked = 0;
    for (const path of ['/session', '/session/renew', '/session/keep', '/session/end']) {
      const { status, headers, reason } = await target().ask(path, { headers: { origin, cookie: 'session=ada' }, body: { renewal: 'x' } });
      expect({ status, reason }).toEqual({ status: 403, reason: 'origin-refused' });
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('cache-control')).toBe('no-store');
    }
    expect(asked).toBe(0);
    expect(target().vendor.discoveryRequests).toHaveLength(0);
  });

  it.each(LOOKALIKES)('%s gets no leave from a preflight', async (_attack, origin) => {
    const headers = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type, authorization' };
    const answer = await target().ask('/session', { method: 'OPTIONS', user: null, headers });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.status === 403 || answer.headers.get('access-control-allow-credentials') === null).toBe(true);
  });
});

describe('a request without Origin that a browser', () => {
  it.each(['cross-site', 'same-site'])('marks as %s is refused', async (site) => {
    expect(await target().ask('/session', { headers: { origin: null, 'sec-fetch-site': site, cookie: 'session=ada' } })).toMatchObject({ status: 403, reason: 'origin-refused' });
  });

  it('marks as a navigation from elsewhere is refused, also for what can be read by GET', async () => {
    for (const path of ['/health', '/session', '/sessions', '/catalogue/avatars'])
      expect((await target().ask(path, { method: 'GET', headers: { origin: null, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' } })).status).toBe(403);
  });
});

describe('an answer', () => {
  it('reflects no origin, and says that it differs by origin', async () => {
    const { headers } = await target().ask('/session');
    expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(headers.get('vary')).toMatch(/origin/i);
  });

  it.each<[string, string, string, object | undefined, string | null]>([
    ['a grant', 'POST', '/session', {}, 'mallory'],
    ['a refusal', 'POST', '/session', {}, null],
    ['a damaged body', 'POST', '/session', ['x'], 'mallory'],
    ['another method', 'GET', '/session', undefined, 'mallory'],
    ['no such route', 'POST', '/nothing', {}, 'mallory'],
    ['a pass that is none', 'POST', '/session/renew', { renewal: 'x' }, 'mallory'],
    ['health', 'GET', '/health', undefined, null],
  ])('is kept by no cache: %s', async (_case, method, path, body, user) => {
    const { headers } = await target().ask(path, { method, body, user });
    expect(headers.get('cache-control')).toContain('no-store');
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('access-control-allow-origin')).not.toBe('*');
  });

  it('never repeats what was asked, so that nothing in it can be a script', async () => {
    const script = '<script>alert(1)</script>';
    for (const body of [{ [script]: 1 }, { avatarId: script }, { voice: { [script]: 1 } }, script, { sessionId: script, service: script }]) {
      const { text, headers } = await target().ask(`/session?${encodeURIComponent(script)}`, { body, headers: { 'x-evil': script } });
      expect(text).not.toContain('<script');
      expect(headers.get('content-type')).toMatch(/^application\/json/);
    }
  });
});
