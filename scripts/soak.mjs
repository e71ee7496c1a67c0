import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { ensureChromium } from './ensureChromium.mjs';

// node scripts/soak.mjs [--minutes 60] [--leak KIND ...]: talks through everything with faults in between, and says what grew, was lost
// or stayed open. With --leak each conversation leaves something behind, and what is asked is whether that is found.
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' }, leak: { type: 'string', multiple: true, default: [] } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error('--minutes must be a positive number.');
  process.exit(1);
}
const { LEAKS } = /** @type {typeof import('../test/soak/plantLeak.js')} */ ((await runnerImport('./test/soak/plantLeak.ts')).module);
const leaks = LEAKS.filter((leak) => values.leak.includes(leak));
if (leaks.length < values.leak.length) {
  console.error(`--leak must be one of: ${LEAKS.join(', ')}.`);
  process.exit(1);
}
await ensureChromium();
const { soak } = /** @type {typeof import('../test/soak/soak.js')} */ ((await runnerImport('./test/soak/soak.ts')).module);
const { judgeSoak } = /** @type {typeof import('../test/soak/judgeSoak.js')} */ ((await runnerImport('./test/soak/judgeSoak.ts')).module);
const { tableOfSoak } = /** @type {typeof import('../test/soak/tableOfSoak.js')} */ ((await runnerImport('./test/soak/tableOfSoak.ts')).module);
const report = await soak(minutes, console.log, { leaks });
const { slope, error } = report.steady.driftMsPerMinute ?? { slope: NaN, error: NaN };
console.log(`\n${tableOfSoak(report)}\n\nThe undisturbed session: ${JSON.stringify(report.steady)}; drift ${slope.toFixed(3)} ± ${error.toFixed(3)} ms a minute.`);
const complaints = judgeSoak(report);
for (const complaint of complaints) console.error(complaint);
console.log(complaints.length === 0 ? `\n${report.conversations} conversations in ${minutes} minutes: nothing grew, was lost or stayed open.` : `\n${complaints.length} things are wrong.`);
process.exit(complaints.length === 0 ? 0 : 1);
