import { ensurePython } from './ensurePython.mjs';
import { run } from './run.mjs';

/** Runs the conformance tests alone. They need no build and no browser. */
try {
  await ensurePython();
  const filters = process.argv.slice(2);
  const { exitCode } = await run('vitest', ['run', '--project', 'node', ...(filters.length > 0 ? filters : ['test/conformance'])], { show: true });
  process.exitCode = exitCode;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
