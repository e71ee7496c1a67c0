import { ensureBuild } from './ensureBuild.mjs';
import { ensureChromium } from './ensureChromium.mjs';
import { run } from './run.mjs';

/**
 * Uses the packed package as people do: first the tests of the package that `npm test` has as well, then applications of every kind. These
 * install what they need from the registry, in exact versions, into temporary folders; only other versions of Node are kept, in
 * node_modules/.cache. Words behind it choose test files by name, as in `npm run test:package -- nextjs`.
 */
try {
  await ensureChromium();
  await ensureBuild();
  const filters = process.argv.slice(2);
  const suites = [
    ['run', '--project', 'package', '--no-file-parallelism'],
    ['run', '--config', 'vitest.consumers.config.ts'],
  ];
  for (const suite of suites) {
    // A filter may fit the files of one suite only.
    const { exitCode } = await run('vitest', [...suite, ...(filters.length > 0 ? ['--passWithNoTests', ...filters] : [])], { show: true });
    if (exitCode !== 0) process.exitCode = exitCode;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
