import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';

/**
 * Runs the attacks on the companion server alone, and says how many there were and how many were refused. They need no build, no
 * browser and no network. Arguments choose files, as in `npm run test:attack -- tickets`.
 */
const folder = await mkdtemp(join(tmpdir(), 'visavis-attack-'));
try {
  const report = join(folder, 'report.json');
  const files = process.argv.slice(2).map((name) => (name.includes('/') ? name : `test/attack/${name}`));
  const { exitCode } = await run('vitest', ['run', '--project', 'node', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...(files.length > 0 ? files : ['test/attack'])], { show: true });
  const { numPassedTests = 0, numTotalTests = 0 } = /** @type {{ numPassedTests?: number, numTotalTests?: number }} */ (JSON.parse(await readFile(report, 'utf8').catch(() => '{}')));
  console.log(`\n${numTotalTests} attacks, with the checks that they would be seen: ${numPassedTests} refused, ${numTotalTests - numPassedTests} not refused`);
  // A file that cannot be loaded, or an error outside of any test, fails a run in which every test passed.
  process.exitCode = exitCode === 0 && numTotalTests > 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
