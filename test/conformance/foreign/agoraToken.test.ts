// Source: Agora AccessToken2 ("007"), as npm agora-token 2.0.6 writes it; tokens of our server, read by Python with zlib and hmac.
import { expect } from 'vitest';
import { startServer } from '../../server/serverHarness.js';
import { describeForeign } from './describeForeign.js';
import { startForeign } from './startForeign.js';

const appId = '0123456789abcdef0123456789abcdef';
const certificate = 'fedcba9876543210fedcba9876543210';
const TTL_SECONDS = 900;

describeForeign('agora_token', async () => {
  const server = await startServer(() => ({ channel: { kind: 'agora', appId, certificate }, sessionTtlMs: TTL_SECONDS * 1_000 }));
  try {
    const before = Math.floor(Date.now() / 1_000);
    const { channel, ...grant } = await server.grant();
    const browser = server.open({ ...grant });
    await browser.opened;
    browser.send({ v: 2, type: 'command', mid: 'p', pld: { cmd: 'set-params', data: {} } });
    await browser.until((message) => message['type'] === 'ack');
    const sent = JSON.parse(server.vendor.sockets[0]?.received[0] ?? '') as { pld: { metadata: { agora_data: { token: string } } } }; // our relay wrote it
    const viewer = channel?.token ?? '';
    const avatar = sent.pld.metadata.agora_data.token;

    const foreign = startForeign('agora_token');
    const report = await foreign.finish(JSON.stringify([{ token: viewer, certificate }, { token: avatar, certificate }, { token: viewer, certificate: appId }]));
    const [ofViewer, ofAvatar, ofAnother] = foreign.output.map((line) => (line as { token: Record<string, unknown> }).token); // three lines of the reader
    const common = { appId, channel: channel?.channel, expire: TTL_SECONDS, signatureFits: true };
    await foreign.report.check('of-viewer', () => expect(ofViewer).toMatchObject({ ...common, uid: String(channel?.uid), privileges: { 1: TTL_SECONDS } }));
    await foreign.report.check('of-viewer', () => expect(Object.keys(Object(ofViewer?.['privileges']))).toEqual(['1']));
    const all = { 1: TTL_SECONDS, 2: TTL_SECONDS, 3: TTL_SECONDS, 4: TTL_SECONDS };
    await foreign.report.check('of-avatar', () => expect(ofAvatar).toMatchObject({ ...common, uid: String(channel?.avatarUid), privileges: all }));
    await foreign.report.check('issued-now', () => {
      expect(ofViewer?.['issuedAt']).toBeGreaterThanOrEqual(before);
      expect(ofViewer?.['issuedAt']).toBeLessThanOrEqual(Math.ceil(Date.now() / 1_000));
    });
    await foreign.report.check('other-certificate', () => expect(ofAnother?.['signatureFits']).toBe(false));
    return report;
  } finally {
    await server.close();
  }
});
