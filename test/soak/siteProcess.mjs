import { runnerImport } from 'vite';

// The page and its server in a process of their own, so that what the server keeps can be told from what the test keeps.
// node --expose-gc test/soak/siteProcess.mjs FOLDER OPTIONS, with a channel to the parent: it says where it listens, and answers each
// message with what it holds.
const [folder = '', options = '{}'] = process.argv.slice(2);
const { startSite } = /** @type {typeof import('../e2e/support/startSite.js')} */ ((await runnerImport('./test/e2e/support/startSite.ts')).module);
const site = await startSite(folder, { ...JSON.parse(options), log: () => undefined });
/** @type {Uint8Array[]} What a leak would keep, to see that it is found. */
const planted = [];

process.on('message', (/** @type {'measure' | 'leak'} */ request) => {
  if (request === 'leak') return void planted.push(new Uint8Array(262_144));
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  const count = (/** @type {string} */ kind) => process.getActiveResourcesInfo().filter((name) => name === kind).length;
  /** @type {import('./SoakReport.js').ServerMeasure} */
  const measure = { heapBytes: heapUsed + external, sockets: count('TCPSocketWrap'), timers: count('Timeout') };
  process.send?.(measure);
});
process.on('disconnect', () => process.exit(0));
process.send?.(site.url);
