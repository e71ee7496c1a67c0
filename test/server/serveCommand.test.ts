import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runServe } from '../../src/cli/runServe.js';
import { startFakeVendor } from './fakeVendor.js';

let out: string[];
let err: string[];
let folder: string;

beforeEach(async () => {
  [out, err] = [[], []];
  // The command's only output is the process's own streams.
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
  folder = await mkdtemp(join(tmpdir(), 'visavis-serve-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function ready(): Promise<string> {
  await expect.poll(() => out.join('')).toContain('ready');
  return (JSON.parse(out.join('')) as { url: string }).url; // Test input.
}

describe('visavis serve', () => {
  it('serves an emulator on loopback without keys, and stops cleanly', async () => {
    const vendor = await startFakeVendor('emulator-key');
    const done = runServe(['--port', '0', '--emulator', `http://127.0.0.1:${vendor.port}`, '--json']);
    const url = await ready();
    const response = await fetch(`${url}/session`, { method: 'POST', headers: { origin: 'http://localhost:6006' } });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ channel: { kind: 'loopback', url: `ws://127.0.0.1:${vendor.port}/channel` } });
    expect((await fetch(new URL('/other/session', url), { method: 'POST' })).status).toBe(404);
    process.emit('SIGTERM');
    expect(await done).toBe(0);
    await vendor.close();
  });

  it('serves the vendor with keys from the environment and an authorize module', async () => {
    const module = join(folder, 'authorize.mjs');
    await writeFile(module, 'export default (request) => (request.headers.get("x-user") ? { id: request.headers.get("x-user") } : null);');
    vi.stubEnv('VISAVIS_SECRET', 's'.repeat(32));
    vi.stubEnv('AKOOL_API_KEY', 'key');
    vi.stubEnv('AGORA_APP_ID', '0'.repeat(32));
    vi.stubEnv('AGORA_APP_CERTIFICATE', '1'.repeat(32));
    const done = runServe(['--port', '0', '--json', '--origin', 'https://app.example.com', '--authorize', module, '--base', 'x']);
    const url = await ready();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/x$/);
    expect((await fetch(`${url}/session`, { method: 'POST' })).status).toBe(401);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    process.emit('SIGINT');
    expect(await done).toBe(0);
  });

  it('serves liveAvatar alone, without Agora, when the environment says so', async () => {
    const module = join(folder, 'authorize.mjs');
    await writeFile(module, 'export default () => ({ id: "ada" });');
    vi.stubEnv('VISAVIS_SECRET', 's'.repeat(32));
    vi.stubEnv('AKOOL_API_KEY', 'key');
    vi.stubEnv('AGORA_APP_ID', '');
    vi.stubEnv('AKOOL_LIVE', 'only');
    const argv = ['--port', '0', '--json', '--origin', 'https://app.example.com', '--authorize', module];
    const done = runServe(argv);
    const refused = await fetch(`${await ready()}/session`, { method: 'POST', body: '{"service":"akool-streaming"}' });
    expect(await refused.json()).toMatchObject({ error: { reason: 'server-misconfigured' } });
    process.emit('SIGTERM');
    expect(await done).toBe(0);
    for (const [name, value, message] of [['AKOOL_LIVE', 'yes', /AKOOL_LIVE must be/], ['AKOOL_LIVE_SECONDS', '4000', /durationSeconds/]] as const) {
      vi.stubEnv('AKOOL_LIVE', 'only');
      vi.stubEnv(name, value);
      expect(await runServe(argv)).toBe(1);
      expect(err.at(-1)).toMatch(message);
    }
  });

  it.each<[string, string[], number, RegExp]>([
    ['an unknown flag', ['--nope'], 2, /--nope/],
    ['a bad port', ['--port', 'x'], 2, /--port must be/],
    ['a missing authorize', [], 1, /--authorize FILE is required/],
    ['a public host without authorize', ['--host', '0.0.0.0', '--emulator', 'http://127.0.0.1:1'], 1, /both on loopback/],
    ['a distant emulator without authorize', ['--emulator', 'http://emulator.example.com'], 1, /both on loopback/],
    ['no emulator there', ['--emulator', 'http://127.0.0.1:1'], 1, /No emulator answers/],
    ['an authorize module that is not there', ['--authorize', './nowhere.mjs', '--origin', 'https://a.example'], 1, /could not be loaded/],
  ])('says in one line what is wrong: %s', async (_case, argv, exitCode, message) => {
    expect(await runServe(argv)).toBe(exitCode);
    expect(err).toHaveLength(1);
    expect(err[0]).toMatch(message);
    expect(err[0]?.trimEnd()).not.toContain('\n');
  });
});
