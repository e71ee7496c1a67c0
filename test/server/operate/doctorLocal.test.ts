import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkAgora } from '../../../src/cli/doctor/checkAgora.js';
import { checkNode } from '../../../src/cli/doctor/checkNode.js';
import { checkOrigins } from '../../../src/cli/doctor/checkOrigins.js';
import { checkPort } from '../../../src/cli/doctor/checkPort.js';
import { checkSecrets } from '../../../src/cli/doctor/checkSecrets.js';

const statuses = (findings: readonly { status: string }[]): string[] => findings.map(({ status }) => status);
/** Drawn once with: openssl rand -base64 32 */
const RANDOM = 'q3Vd0yGmRkT9wZJx1uNf5bHs8cLpEa2Yo7iKzXvM4tQ=';

describe('the doctor looks at this machine', () => {
  it('knows which Node is old enough', () => {
    expect(['20.20.2', '20.19.0', '22.1.0', '20.18.3', '18.20.4'].map((version) => checkNode(version).status)).toEqual(['ok', 'ok', 'ok', 'fail', 'fail']);
  });

  it('tells chance from words, in every secret', () => {
    expect(statuses(checkSecrets(RANDOM, false))).toEqual(['ok']);
    expect(statuses(checkSecrets(`${RANDOM} ${'older'.repeat(8)}\n${'s'.repeat(40)}`, false))).toEqual(['ok', 'warn', 'fail']);
    expect(statuses(checkSecrets('my dog and my cat live in my house'.replaceAll(' ', '-'), false))).toEqual(['warn']);
    expect(checkSecrets('short', false)).toMatchObject([{ status: 'fail', message: 'VISAVIS_SECRET has 5 bytes and needs at least 32.', fix: expect.stringContaining('openssl') }]);
    expect(statuses(checkSecrets(undefined, false))).toEqual(['fail']);
    expect(statuses(checkSecrets(' ', true))).toEqual(['skip']);
    expect(JSON.stringify(checkSecrets(`${RANDOM} short`, false))).not.toMatch(/q3Vd|"short/);
  });

  it('takes exact origins on https or loopback alone', () => {
    const origins = ['https://app.example.com', 'http://localhost:3000', 'https://app.example.com/', 'https://app.example.com/page', 'http://app.example.com', '*', 'null', 'file:///x'];
    expect(statuses(checkOrigins(origins))).toEqual(['ok', 'ok', 'fail', 'fail', 'fail', 'fail', 'fail', 'fail']);
    expect(checkOrigins(['https://app.example.com/'])[0]?.fix).toContain('https://app.example.com');
    expect(statuses(checkOrigins([]))).toEqual(['fail']);
  });

  it('tries the port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // A server that listens on TCP has one.
    expect(await checkPort('127.0.0.1', port, '--port')).toMatchObject({ status: 'warn', fix: expect.stringContaining('--port') });
    await new Promise((resolve) => server.close(resolve));
    expect(await checkPort('127.0.0.1', port, '--port')).toMatchObject({ status: 'ok' });
    expect(await checkPort('127.0.0.1', 0, '--port')).toMatchObject({ status: 'ok' });
    // Of the block that is for documentation alone.
    expect(await checkPort('192.0.2.1', port, '--port')).toMatchObject({ status: 'fail', message: '192.0.2.1 is no address of this machine.' });
  });

  it('makes a token with what Agora gave', async () => {
    const agora = (appId: string, certificate: string) => checkAgora({ kind: 'agora', appId, certificate }, true);
    const [good, other] = ['0123456789abcdef'.repeat(2), 'fedcba9876543210'.repeat(2)];
    expect(await agora(good, other)).toMatchObject({ status: 'ok' });
    for (const [appId, certificate, message] of [['', other, /AGORA_APP_ID/], [good, 'nonsense', /AGORA_APP_CERTIFICATE is not/], [good, good, /the same/]] as const) {
      const finding = await agora(appId, certificate);
      expect(finding).toMatchObject({ status: 'fail', message: expect.stringMatching(message) });
      expect(JSON.stringify(finding)).not.toContain('nonsense');
    }
    expect(await checkAgora(null, true)).toMatchObject({ status: 'fail' });
    expect(await checkAgora(null, false)).toMatchObject({ status: 'skip' });
  });
});
