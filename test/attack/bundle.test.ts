import { afterEach, expect, it, vi } from 'vitest';
import { rolldown } from 'rolldown';
import { inlineStyles } from '../../scripts/inlineStyles.js';
import { workletSource } from '../../scripts/workletSource.js';

const PLANTED = 'planted-5e1f0c93';
const NAMES = ['VISAVIS_SECRET', 'VISAVIS_OPERATOR_TOKEN', 'AKOOL_API_KEY', 'AGORA_APP_CERTIFICATE', 'DVE_API_KEY', 'REDIS_URL'];
/** What the server alone knows how to do, and what it is derived from. */
const SERVER_ONLY = ['visavis pass v1', 'A256GCM', 'buildTokenWithUid', 'api_key', 'x-api-key', 'allowedOrigins', 'clientSecret', 'service_status', ...NAMES];

afterEach(() => vi.unstubAllEnvs());

/** Everything that a page may load of an entry, its lazy chunks too. */
async function bundled(entry: string): Promise<string> {
  const build = await rolldown({ input: `src/${entry}.ts`, platform: 'browser', external: [/^(?![./])/], plugins: [workletSource(), inlineStyles()], logLevel: 'silent' });
  const { output } = await build.generate({ format: 'es' });
  await build.close();
  return output.map((file) => (file.type === 'chunk' ? file.code : String(file.source))).join('\n');
}

it.each(['index', 'client', 'agora', 'testing'])('puts no secret of the machine that builds it, and nothing of the server, into what a page loads of %s', async (entry) => {
  for (const name of NAMES) vi.stubEnv(name, PLANTED);
  const code = await bundled(entry);
  expect(code.length).toBeGreaterThan(1_000);
  expect(code).not.toContain(PLANTED);
  expect(SERVER_ONLY.filter((word) => code.includes(word))).toEqual([]);
});

it('would find what is the server\'s: its own entry is full of it', async () => {
  const code = await bundled('server');
  expect(SERVER_ONLY.filter((word) => code.includes(word)).length).toBeGreaterThan(4);
});
