import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judgeRelease } from './judgeRelease.mjs';
import { run } from './run.mjs';
import { writeSbom } from './sbom.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Ignored by git, and by the next build. */
const FOLDER = join(ROOT, '.cache', 'release');

/** Only there can a statement of where the package was built be signed. */
const publishes = process.env['GITHUB_ACTIONS'] === 'true' && Boolean(process.env['ACTIONS_ID_TOKEN_REQUEST_URL']);
const version = (process.argv[2] ?? '').replace(/^v/, '');

/**
 * Runs a step of the release, and ends it where the step fails.
 * @param {string} what
 * @param {string} command
 * @param {...string} args
 */
async function step(what, command, ...args) {
  console.log(`\n== ${what}`);
  const { exitCode, output } = await run(command, args, { show: true });
  if (exitCode !== 0) throw new Error(`${what}: failed. Nothing was published.`);
  return output.trim();
}

/** @param {...string} args */
async function git(...args) {
  const { exitCode, output } = await run('git', args);
  if (exitCode !== 0) throw new Error(`git ${args[0]} failed: ${output.trim()}`);
  return output.trim();
}

async function release() {
  const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const complaints = judgeRelease({
    version,
    current: manifest.version,
    changelog: await readFile(join(ROOT, 'CHANGELOG.md'), 'utf8'),
    changes: await git('status', '--porcelain'),
    tags: (await git('tag', '--points-at', 'HEAD')).split('\n'),
    publishes,
    missingAddresses: ['repository', 'bugs', 'homepage'].filter((name) => !manifest[name]),
  });
  if (complaints.length > 0) throw new Error(complaints.join('\n'));

  if (manifest.version !== version) await step('version', 'npm', 'version', version, '--no-git-tag-version');
  await step('tests', 'npm', 'test');
  await step('applications', 'npm', 'run', 'test:package');
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  await step('package', 'npm', 'pack', '--ignore-scripts', '--pack-destination', FOLDER);
  const tarball = join(FOLDER, `${manifest.name}-${version}.tgz`);
  await writeSbom(join(FOLDER, `${manifest.name}-${version}.cdx.json`));

  const publish = ['publish', tarball, '--provenance', '--access', 'public', ...(version.includes('-') ? ['--tag', 'next'] : [])];
  if (publishes) return void (await step('publish', 'npm', ...publish));
  console.log(`\nReady, and not published. Commit and tag it; the workflow "release" then publishes it:\n`);
  console.log(`  git commit --all --message "Release ${version}" && git tag v${version} && git push --follow-tags origin HEAD v${version}`);
  console.log(`\nwhich runs: npm ${publish.join(' ').replaceAll(`${ROOT}`, '')}`);
}

try {
  await release();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
