import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runDoctor } from '../../../src/cli/runDoctor.js';
import { startEmulator, type Emulator } from '../../../src/emulator/startEmulator.js';
import { closedPort, startFakeServer } from './fakeServer.js';

/** Each stands where a secret may stand, and nowhere else. */
const PLANTED = {
  VISAVIS_SECRET: 'planted-secret-Zq81xW0pLm5Rt7Yv2Kd4 planted-older-Hs63bN9cGf2Ju8Aq5Ew1Tz0',
  VISAVIS_OPERATOR_TOKEN: 'planted-operator-token-11',
  AKOOL_API_KEY: 'planted-akool-key-22',
  AKOOL_LIVE: '1',
  AGORA_APP_ID: '0123456789abcdef'.repeat(2),
  AGORA_APP_CERTIFICATE: 'c0ffee00'.repeat(4),
  DVE_API_KEY: 'planted-dve-key-33',
  DVE_ASSISTANT_ID: 'host',
};

interface JsonReport {
  readonly ok: boolean;
  readonly counts: Record<string, number>;
  readonly findings: readonly { check: string; status: string; message: string; fix?: string }[];
}

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator();
  folder = await mkdtemp(join(tmpdir(), 'visavis-doctor-'));
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

let out: string;
let err: string;
beforeEach(() => {
  [out, err] = ['', ''];
  // The command's only output is the process's own streams.
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const reported = (): JsonReport => JSON.parse(out) as JsonReport; // Test input.
const plant = (env: Record<string, string>): void => Object.entries(env).forEach(([name, value]) => vi.stubEnv(name, value));

describe('visavis doctor', () => {
  it('finds an emulator well, and exits with 0', async () => {
    expect(await runDoctor(['--emulator', emulator.url, '--port', '0'])).toBe(0);
    expect(out).toMatch(/^ok {4}node +Node /);
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^\d+ ok, 0 to look at, 0 failed$/);
    expect(err).toBe('');
  });

  it('says so as JSON, in the order in which one would mend it', async () => {
    expect(await runDoctor(['--emulator', emulator.url, '--port', '0', '--json', '--origin', 'https://app.example.com'])).toBe(0);
    const { ok, counts, findings } = reported();
    expect({ ok, fail: counts['fail'], warn: counts['warn'] }).toEqual({ ok: true, fail: 0, warn: 0 });
    const checks = ['node', 'secret', 'origin', 'authorize', 'configuration', 'port', 'clock', 'akool-address', 'akool', 'node-address', 'liveavatar-address', 'liveavatar', 'voice-address', 'voice', 'agora', 'redis'];
    expect(findings.map(({ check }) => check)).toEqual(checks);
  });

  it('exits with 1 when something fails, and says of each failure what to do', async () => {
    // It says where the vendors are, but with a key that they do not know.
    const { url: _url, ...rest } = emulator;
    const liar = await startFakeServer({ onRequest: (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ...rest, apiKey: 'planted-wrong-key' })) });
    expect(await runDoctor(['--emulator', liar.url, '--port', '0', '--json', '--origin', 'http://app.example.com'])).toBe(1);
    const failed = reported().findings.filter(({ status }) => status === 'fail');
    expect(failed.map(({ check }) => check)).toEqual(['origin', 'akool', 'liveavatar', 'voice']);
    for (const { fix } of failed) expect(fix).toMatch(/^[^\n]+$/);
    expect(out).not.toContain('planted-wrong-key');
    await liar.close();
  });

  it('says everything that is missing at once', async () => {
    plant(Object.fromEntries([...Object.keys(PLANTED), 'REDIS_URL'].map((name) => [name, ''])));
    expect(await runDoctor(['--port', '0', '--json'])).toBe(1);
    const failed = reported().findings.filter(({ status }) => status === 'fail');
    expect(failed.map(({ check }) => check)).toEqual(['secret', 'origin', 'configuration']);
    expect(reported().findings.find(({ check }) => check === 'authorize')?.status).toBe('warn');
  });

  it('loads the authorize module', async () => {
    const good = join(folder, 'good.mjs');
    const bad = join(folder, 'bad.mjs');
    await writeFile(good, 'export default () => null;');
    await writeFile(bad, 'export const other = 1;');
    const authorizeIn = async (path: string): Promise<string | undefined> => {
      out = '';
      await runDoctor(['--emulator', emulator.url, '--port', '0', '--json', '--authorize', path]);
      return reported().findings.find(({ check }) => check === 'authorize')?.status;
    };
    expect(await authorizeIn(good)).toBe('ok');
    expect(await authorizeIn(bad)).toBe('fail');
    expect(await authorizeIn(join(folder, 'nowhere.mjs'))).toBe('fail');
  });

  it('never shows a secret, whatever fails', async () => {
    // What answers says back what it was shown.
    const echo = await startFakeServer({ onRequest: (request, response) => response.writeHead(500, { server: JSON.stringify(request.headers) }).end(JSON.stringify({ code: 1101, msg: request.headers })) });
    const socketUrl = echo.url.replace('http', 'ws');
    plant({ ...PLANTED, AKOOL_DISCOVERY_URL: echo.url, AKOOL_API_URL: echo.url, DVE_URL: socketUrl, REDIS_URL: `redis://someone:planted-redis-44@127.0.0.1:${await closedPort()}` });
    for (const argv of [['--origin', 'https://app.example.com'], ['--origin', 'https://app.example.com', '--json'], ['--emulator', emulator.url]])
      await runDoctor([...argv, '--port', '0', '--timeout-seconds', '2']);
    const shown = out + err;
    for (const secret of [...PLANTED.VISAVIS_SECRET.split(' '), PLANTED.VISAVIS_OPERATOR_TOKEN, PLANTED.AKOOL_API_KEY, PLANTED.AGORA_APP_CERTIFICATE, PLANTED.DVE_API_KEY, 'planted-redis-44'])
      expect(shown).not.toContain(secret);
    for (const check of ['akool', 'liveavatar', 'voice', 'redis']) expect(shown).toContain(`"check":"${check}","status":"fail"`);
    expect(shown).toContain('"check":"agora","status":"ok"');
    await echo.close();
  });

  it.each<[string, string[], number, RegExp]>([
    ['an unknown flag', ['--nope'], 2, /--nope/],
    ['a url that is none', ['--url', 'app.example.com'], 2, /--url must be/],
    ['a url with a password', ['--url', 'https://a:planted@app.example.com'], 2, /without user name/],
    ['no patience at all', ['--timeout-seconds', '0'], 2, /--timeout-seconds must be/],
    ['a wrong argument of serve', ['--timeout-seconds=3', '--drain-seconds', 'x'], 2, /--drain-seconds must be/],
    ['no emulator there', ['--emulator', 'http://127.0.0.1:1'], 1, /No emulator answers/],
  ])('says in one line what is wrong: %s', async (_case, argv, exitCode, message) => {
    expect(await runDoctor(argv)).toBe(exitCode);
    expect(err).toMatch(message);
    expect(err.trimEnd()).not.toContain('\n');
    expect(err + out).not.toContain('planted');
  });

  it('helps', async () => {
    expect(await runDoctor(['--help'])).toBe(0);
    expect(out).toContain('--url URL');
  });
});
