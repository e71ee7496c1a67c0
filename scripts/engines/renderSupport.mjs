import { FEATURES } from './probeEngines.mjs';
import { skipReason } from './skipReasons.mjs';

/**
 * @typedef {object} TestResult
 * @property {string} title
 * @property {string} file Relative to the repository.
 * @property {'passed' | 'failed' | 'skipped'} status
 *
 * @typedef {'chromium' | 'firefox' | 'webkit'} EngineName
 * @typedef {Readonly<Record<`${EngineName}-${'browser' | 'live'}`, readonly TestResult[]>>} EngineResults
 */

export const ENGINES = /** @type {const} */ (['chromium', 'firefox', 'webkit']);
const NAMES = { chromium: 'Chromium', firefox: 'Firefox ESR', webkit: 'WebKitGTK' };
const MARKS = { passed: 'yes', failed: '**fails**', skipped: 'no' };

/** @param {readonly (readonly string[])[]} rows */
function table([head = [], ...rows]) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/**
 * The support tables as Markdown, from what a run has found.
 * @param {Record<EngineName, import('./probeEngines.mjs').EngineFacts>} facts
 * @param {EngineResults} results
 */
export function renderSupport(facts, results) {
  const head = ENGINES.map((engine) => `${NAMES[engine]} ${facts[engine].version}`);
  // What is tested for a lack alone is no ability.
  const abilities = results['chromium-live'].filter(({ status }) => status !== 'skipped').map(({ title }) => title);
  /** @param {EngineName} engine @param {string} title */
  const mark = (engine, title) => MARKS[results[`${engine}-live`].find((result) => result.title === title)?.status ?? 'skipped'];
  /** @param {EngineName} engine */
  const counts = (engine) => {
    const all = [...results[`${engine}-browser`], ...results[`${engine}-live`]];
    if (results[`${engine}-browser`].length === 0) return 'not all run';
    const failed = all.filter(({ status }) => status === 'failed').length;
    const skipped = all.filter(({ status }) => status === 'skipped').length;
    return `${all.filter(({ status }) => status === 'passed').length} pass, ${skipped} left out${failed > 0 ? `, **${failed} fail**` : ''}`;
  };
  return [
    table([
      ['A whole conversation', ...head],
      ...abilities.map((title) => [title, ...ENGINES.map((engine) => mark(engine, title))]),
      ['Tests', ...ENGINES.map(counts)],
    ]),
    table([
      ['What the browser has', ...head, 'Without it'],
      ...FEATURES.map(([name, , without]) => [name, ...ENGINES.map((engine) => (facts[engine].has[name] ? 'yes' : 'no')), without]),
    ]),
    ...ENGINES.filter((engine) => leftOut(engine, results).length > 0).map((engine) => {
      const tests = leftOut(engine, results);
      const reasons = [...new Set(tests.map(({ why }) => why))];
      const list = reasons.flatMap((why) => [
        `- ${why ?? '**no reason given**'}:`,
        ...tests.filter((test) => test.why === why).map(({ title, file }) => `  - ${title} (\`${file}\`)`),
      ]);
      return `Tests that are left out of ${NAMES[engine]}, and why:\n\n${list.join('\n')}`;
    }),
  ].join('\n\n');
}

/**
 * The tests that were left out of an engine, each with its reason.
 * @param {EngineName} engine
 * @param {EngineResults} results
 */
export function leftOut(engine, results) {
  return [...results[`${engine}-browser`], ...results[`${engine}-live`]].filter(({ status }) => status === 'skipped').map((test) => ({ ...test, why: skipReason(engine, test) }));
}
