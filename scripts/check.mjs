import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuild } from './ensureBuild.mjs';
import { run } from './run.mjs';

/**
 * @typedef {object} CheckCounts
 * @property {number} passed
 * @property {number} failed
 */

/**
 * Everything about the code that can be judged without running it. Says what failed, and prints that tool's own words.
 * @returns {Promise<CheckCounts>}
 */
export async function check() {
  await ensureBuild();
  const folder = await mkdtemp(join(tmpdir(), 'visavis-check-'));
  try {
    await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]);
    const [tarball = ''] = (await readdir(folder)).map((name) => join(folder, name));
    /** @type {readonly (readonly [name: string, command: string, ...args: string[]])[]} */
    const checks = [
      ['types', 'tsc', '-p', '.'],
      ['lint', 'eslint', '--max-warnings', '0', '.'],
      ['import arrows', 'depcruise', '--config', '.dependency-cruiser.mjs', 'src', 'worklets'],
      ['dead code', 'knip', '--no-progress'],
      ['package', 'publint', 'run', '--strict', tarball],
      ['package types', 'attw', tarball, '--profile', 'esm-only', '--no-color', '--no-emoji', '--exclude-entrypoints', './styles.css', './avatar.css', './worklets/mic-capture.js', './worklets/pcm-playback.js', './worklets/turn-detector.js', './worklets/voice-socket.js'],
      ['licences', 'node', 'scripts/checkLicences.mjs'],
      ['size', 'size-limit'],
    ];
    // Two at a time: the two slow ones are single-threaded, and more would only take turns.
    const pending = [...checks];
    const counts = { passed: 0, failed: 0 };
    const work = async () => {
      for (let next = pending.shift(); next; next = pending.shift()) {
        const [name, command, ...args] = next;
        const { exitCode, output, durationMs } = await run(command, args);
        console.log(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${name} (${(durationMs / 1000).toFixed(1)} s)`);
        if (exitCode !== 0) console.log(output.replace(/^/gm, '    '));
        counts[exitCode === 0 ? 'passed' : 'failed']++;
      }
    };
    await Promise.all([work(), work()]);
    return counts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { passed, failed } = await check();
  console.log(`${passed} checks passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
