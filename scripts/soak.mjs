import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { ensureChromium } from './ensureChromium.mjs';

// node scripts/soak.mjs [--minutes 60]: talks through everything with faults in between, and says what grew, was lost or stayed open.
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error('--minutes must be a positive number.');
  process.exit(1);
}
await ensureChromium();
const { soak } = /** @type {typeof import('../test/soak/soak.js')} */ ((await runnerImport('./test/soak/soak.ts')).module);
const { judgeSoak } = /** @type {typeof import('../test/soak/judgeSoak.js')} */ ((await runnerImport('./test/soak/judgeSoak.ts')).module);
const report = await soak(minutes, console.log);
console.log(JSON.stringify(report, null, 2));
const complaints = judgeSoak(report);
for (const complaint of complaints) console.error(complaint);
console.log(complaints.length === 0 ? `\n${report.cycles} conversations in ${minutes} minutes: nothing grew, was lost or stayed open.` : `\n${complaints.length} things are wrong.`);
process.exit(complaints.length === 0 ? 0 : 1);
