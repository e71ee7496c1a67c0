import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAgoraToken } from './readAgoraToken.js';
import { startServer, type ServerHarness } from './serverHarness.js';

const APP_ID = '0123456789abcdef0123456789abcdef';
const CERTIFICATE = 'fedcba9876543210fedcba9876543210';
const SET_PARAMS = { v: 2, type: 'command', mid: 'p', pld: { cmd: 'set-params', data: {} } };

describe('Agora tokens of a grant', () => {
  let server: ServerHarness;
  beforeEach(async () => {
    server = await startServer(() => ({ channel: { kind: 'agora', appId: APP_ID, certificate: CERTIFICATE }, sessionTtlMs: 600_000 }));
  });
  afterEach(() => server.close());

  it('let the viewer join and do nothing else', async () => {
    const { channel } = await server.grant();
    const token = readAgoraToken(channel?.token ?? '');
    expect(token).toMatchObject({ appId: APP_ID, channel: channel?.channel, uid: String(channel?.uid), privileges: { 1: 600 }, expireSeconds: 600 });
    expect(Object.keys(token.privileges)).toEqual(['1']);
    expect(token.isSignedBy(CERTIFICATE)).toBe(true);
    expect(token.isSignedBy(APP_ID)).toBe(false);
  });

  it('let the avatar publish under another uid, and only the node gets that token', async () => {
    const grant = await server.grant();
    const browser = server.open(grant);
    await browser.opened;
    browser.send(SET_PARAMS);
    await browser.until((message) => message['type'] === 'ack');
    const sent = JSON.parse(server.vendor.sockets[0]?.received[0] ?? '') as { pld: { metadata: { agora_data: Record<string, string> } } }; // Test input.
    const { token = '', uid } = sent.pld.metadata.agora_data;
    expect(readAgoraToken(token)).toMatchObject({ channel: grant.channel?.channel, uid, privileges: { 1: 600, 2: 600, 3: 600, 4: 600 } });
    expect(Number(uid)).toBe(grant.channel?.avatarUid);
    expect(grant.channel?.avatarUid).not.toBe(grant.channel?.uid);
    expect(JSON.stringify(grant)).not.toContain(token);
    expect(browser.received.join()).not.toContain(token);
    expect(JSON.stringify(grant) + browser.received.join()).not.toContain(CERTIFICATE);
  });

  it('keep room and uids when the session is renewed, with fresh tokens', async () => {
    const first = await server.grant();
    const renewed = (await (await server.post('/session/renew', { renewal: first.renewal })).json()) as typeof first; // Test input.
    expect(renewed.channel).toMatchObject({ channel: first.channel?.channel, uid: first.channel?.uid, avatarUid: first.channel?.avatarUid });
    expect(renewed.channel?.token).not.toBe(first.channel?.token);
    expect(renewed.sessionId).toBe(first.sessionId);
  });

  it('name a room that Agora accepts and that does not tell who it is for', async () => {
    const { channel } = await server.grant();
    expect(channel?.channel).toMatch(/^vv-[0-9a-f]{12}-[A-Za-z0-9_-]{22}$/);
    expect(channel?.channel).not.toContain('ada');
  });
});
