import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from './check.mjs';
import { ensureChromium } from './ensureChromium.mjs';
import { ensureNginx } from './ensureNginx.mjs';
import { ensurePython } from './ensurePython.mjs';
import { ensureRedis } from './ensureRedis.mjs';
import { run } from './run.mjs';

/** One after the other, since browser tests that share two cores disturb each other's clocks. */
const SUITES = [
  ['tests in Node', '--project', 'node', '--project', 'react', '--maxWorkers=2'],
  ['tests in Chromium', '--project', 'browser'],
  ['package tests', '--project', 'package', '--no-file-parallelism'],
  ['stories', '--config', 'vitest.stories.config.ts'],
  ['pictures of the stories', '--config', 'vitest.visual.config.ts'],
  ['end-to-end tests', '--config', 'vitest.e2e.config.ts'],
];

/**
 * @param {readonly string[]} args
 * @param {string} folder
 */
async function runSuite(args, folder) {
  const report = join(folder, 'report.json');
  await rm(report, { force: true });
  const { exitCode } = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args], { show: true });
  const text = await readFile(report, 'utf8').catch(() => '{}');
  const { numPassedTests = 0, numFailedTests = 0 } = /** @type {{ numPassedTests?: number, numFailedTests?: number }} */ (JSON.parse(text));
  // A file that cannot be loaded, or an error outside of any test, fails a run in which every test passed.
  return { passed: numPassedTests, failed: exitCode === 0 ? numFailedTests : Math.max(1, numFailedTests) };
}

/** @returns {Promise<{ passed: number, failed: number }>} */
async function runEverything() {
  await ensureChromium();
  await ensurePython();
  await ensureRedis();
  await ensureNginx();
  heading('build');
  const build = await run('tsdown', ['--log-level', 'warn'], { show: true });
  if (build.exitCode !== 0) return { passed: 0, failed: 1 };
  heading('checks');
  let { passed, failed } = await check();
  const folder = await mkdtemp(join(tmpdir(), 'visavis-test-'));
  try {
    for (const [name = '', ...args] of SUITES) {
      heading(name);
      const counts = await runSuite(args, folder);
      passed += counts.passed;
      failed += counts.failed;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { passed, failed };
}

/** @param {string} text */
function heading(text) {
  console.log(`\n== ${text} (${new Date().toISOString().slice(11, 19)})`);
}

try {
  const { passed, failed } = await runEverything();
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
}
