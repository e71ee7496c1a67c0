// Everything in one process, for trying it: the emulator where there is no key, the server, the page.
import { randomBytes } from 'node:crypto';

const { env } = process;
env.PORT ??= '5173'; // the page
env.SERVER_PORT ??= '8080';
env.VISAVIS_SECRET ??= randomBytes(32).toString('base64');
if (!env.AKOOL_API_KEY) {
  const { startEmulator } = await import('visavis/emulator');
  env.EMULATOR_URL = (await startEmulator()).url;
}
await import('./server.mjs');

const vite = await import('vite');
if (process.argv.includes('--production')) {
  await vite.build({ logLevel: 'warn' });
  await vite.preview({ logLevel: 'warn' });
} else {
  await (await vite.createServer({ logLevel: 'warn' })).listen();
}
console.log(`Talk to the avatar: http://localhost:${env.PORT}`);
