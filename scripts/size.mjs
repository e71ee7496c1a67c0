import { ensureBuild } from './ensureBuild.mjs';
import { gzipBytes, sizeUses } from './sizeUses.mjs';

await ensureBuild();
const uses = await sizeUses();
/** @param {number} bytes */
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

console.log('Minified and gzip, as an application loads it; React, TanStack Query and the Agora SDK are not in it.\n');
console.log(`${'use'.padEnd(58)}${'at once'.padStart(9)}${'limit'.padStart(9)}${'ever'.padStart(10)}`);
let tooLarge = 0;
for (const { name, first, all, limitBytes } of uses) {
  const bytes = gzipBytes(first);
  const isTooLarge = bytes > limitBytes;
  if (isTooLarge) tooLarge++;
  console.log(`${name.padEnd(58)}${kB(bytes).padStart(9)}${kB(limitBytes).padStart(9)}${kB(gzipBytes(all)).padStart(10)}${isTooLarge ? '  TOO LARGE' : ''}`);
}
if (tooLarge > 0) {
  console.error(`\n${tooLarge} of ${uses.length} are above their limit.`);
  process.exitCode = 1;
}
