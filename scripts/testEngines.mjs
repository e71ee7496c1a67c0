import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from './ensureBuild.mjs';
import { ensureEngines } from './ensureEngines.mjs';
import { probeEngines } from './engines/probeEngines.mjs';
import { ENGINES, leftOut, renderSupport } from './engines/renderSupport.mjs';
import { run } from './run.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REPORTS = join(ROOT, 'test-results', 'engines');
const PAGE = join(ROOT, 'docs', 'browsers.md');
const MARKED = /(<!-- made by npm run test:engines -->\n)[\s\S]*(\n<!-- end -->)/;

/**
 * Runs the tests that need a browser in Chromium, Firefox and WebKitGTK, one after the other, and writes what each of them can do into
 * docs/browsers.md. Words behind it choose among the projects, such as `firefox-live`; the page is then made of the latest run of each.
 */
const projects = ENGINES.flatMap((engine) => /** @type {const} */ ([`${engine}-browser`, `${engine}-live`]));

/** @param {string} project */
const reportOf = (project) => join(REPORTS, `${project}.json`);

/** @param {string} project */
async function readResults(project) {
  /** @type {{ testResults: { name: string, assertionResults: { title: string, status: string }[] }[] } | null} */
  const report = await readFile(reportOf(project), 'utf8').then(JSON.parse, () => null);
  return report?.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ title, status }) => ({
      title,
      file: relative(ROOT, name),
      status: status === 'passed' || status === 'failed' ? status : /** @type {const} */ ('skipped'),
    })),
  );
}

try {
  const chosen = process.argv.slice(2);
  const unknown = chosen.find((word) => !projects.some((project) => project.startsWith(word)));
  if (unknown !== undefined) throw new Error(`There is no project "${unknown}". Choose among ${projects.join(', ')}.`);
  await ensureEngines();
  await ensureBuild();
  await mkdir(REPORTS, { recursive: true });
  for (const project of projects) {
    if (chosen.length > 0 && !chosen.some((word) => project.startsWith(word))) continue;
    console.log(`\n== ${project} (${new Date().toISOString().slice(11, 19)})`);
    const { exitCode } = await run('vitest', ['run', '--config', 'vitest.engines.config.ts', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${reportOf(project)}`], { show: true });
    if (exitCode !== 0) process.exitCode = 1;
  }
  const found = await Promise.all(projects.map(async (project) => /** @type {const} */ ([project, (await readResults(project)) ?? []])));
  const missing = found.filter(([project, results]) => project.endsWith('live') && results.length === 0).map(([project]) => project);
  if (missing.length > 0) console.log(`docs/browsers.md is left as it is: there is no run of ${missing.join(', ')}.`);
  else {
    const results = /** @type {import('./engines/renderSupport.mjs').EngineResults} */ (/** @type {unknown} */ (Object.fromEntries(found)));
    for (const engine of ENGINES) {
      for (const { title, file, why } of leftOut(engine, results)) {
        if (why !== undefined) continue;
        console.log(`Left out of ${engine} without a reason in scripts/engines/skipReasons.mjs: ${title} (${file})`);
        process.exitCode = 1;
      }
    }
    const support = renderSupport(await probeEngines(), results);
    const page = await readFile(PAGE, 'utf8');
    await writeFile(PAGE, page.replace(MARKED, (_, begin, end) => `${begin}\n${support}\n${end}`));
    console.log('docs/browsers.md says what each of them can do.');
  }
  const all = found.flatMap(([, results]) => results);
  const failed = all.filter(({ status }) => status === 'failed').length;
  console.log(`\n${all.filter(({ status }) => status === 'passed').length} passed, ${process.exitCode === 1 ? Math.max(1, failed) : failed} failed`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
}
