import { ensureChromium } from './ensureChromium.mjs';
import { run } from './run.mjs';

/**
 * Runs the tests of the hooks and components alone: with Testing Library, and every story in Chromium with its play function and axe. They
 * need no build. Words behind it choose test files by name, stories among them.
 */
try {
  await ensureChromium();
  const filters = process.argv.slice(2);
  const suites = [
    ['run', '--project', 'react'],
    ['run', '--config', 'vitest.stories.config.ts'],
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
