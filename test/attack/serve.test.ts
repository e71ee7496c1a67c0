import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runServe } from '../../src/cli/runServe.js';

const PLANTED = 'PLANTED';
let printed: string[];
let folder: string;

beforeEach(async () => {
  printed = [];
  // The command's only output is the process's own streams.
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  folder = await mkdtemp(join(tmpdir(), 'visavis-attack-'));
  await writeFile(join(folder, 'authorize.mjs'), 'export default () => { throw new Error("PLANTED-database"); };');
  const env = { VISAVIS_SECRET: `${PLANTED}-secret`.padEnd(40, 'x'), VISAVIS_OPERATOR_TOKEN: `${PLANTED}-operator-token`, AKOOL_API_KEY: `${PLANTED}-akool`, DVE_API_KEY: `${PLANTED}-dve`, AGORA_APP_ID: '0'.repeat(32), AGORA_APP_CERTIFICATE: '1'.repeat(32), REDIS_URL: '' };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const serve = (): Promise<number> => runServe(['--port', '0', '--json', '--origin', 'https://app.example.com', '--authorize', join(folder, 'authorize.mjs')]);

it.each<[string, string, string]>([
  ['a secret that is too short', 'VISAVIS_SECRET', `${PLANTED}-short`],
  ['a second secret that is too short', 'VISAVIS_SECRET', `${'x'.repeat(40)} ${PLANTED}-short`],
  ['a key with a blank', 'AKOOL_API_KEY', `${PLANTED} akool`],
  ['a key with a line end', 'AKOOL_API_KEY', `${PLANTED}\nakool`],
  ['a key that no subprotocol may be', 'DVE_API_KEY', `${PLANTED}/dve=`],
  ['a certificate that is none', 'AGORA_APP_CERTIFICATE', `${PLANTED}-certificate`],
  ['an operator\'s token that is too short', 'VISAVIS_OPERATOR_TOKEN', `${PLANTED}-op`],
  ['an address of Redis that is none', 'REDIS_URL', `redis:/default:${PLANTED}@@127.0.0.1:x`],
  ['a Redis that does not answer', 'REDIS_URL', `redis://default:${PLANTED}@127.0.0.1:1`],
])('`visavis serve` does not start with %s, and does not quote it', async (_attack, name, value) => {
  vi.stubEnv(name, value);
  expect(await serve()).toBe(1);
  expect(printed.join('')).not.toBe('');
  expect(printed.join('')).not.toContain(PLANTED);
});

it('`visavis serve` prints nothing of its environment while it runs, whatever is asked', async () => {
  const done = serve();
  await expect.poll(() => printed.join('')).toContain('"ready":true');
  const { url } = JSON.parse(printed.find((line) => line.includes('"ready":true')) ?? '{}') as { url: string }; // Test input.
  const answers = await Promise.all(
    [['/session', 'POST'], ['/session/renew', 'POST'], ['/sessions', 'GET'], ['/metrics', 'GET'], ['/ready', 'GET'], ['/openapi.json', 'GET'], ['/../../etc/passwd', 'GET']].map(async ([path = '', method = '']) => {
      const response = await fetch(url + path, { method, headers: { origin: 'https://app.example.com', cookie: `${PLANTED}-cookie`, 'content-type': 'application/json' }, ...(method === 'POST' ? { body: '{}' } : {}) });
      return `${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`;
    }),
  );
  process.emit('SIGTERM');
  expect(await done).toBe(0);
  expect(answers[0]).toMatch(/^500 /);
  expect(answers.join('') + printed.join('')).not.toContain(PLANTED);
});
