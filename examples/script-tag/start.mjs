// Everything in one process, for trying it: the emulator where there is no key, and the server with the page.
import { randomBytes } from 'node:crypto';

const { env } = process;
env.PORT ??= '8080';
env.VISAVIS_SECRET ??= randomBytes(32).toString('base64');
if (!env.AKOOL_API_KEY) {
  const { startEmulator } = await import('visavis/emulator');
  env.EMULATOR_URL = (await startEmulator()).url;
}
await import('./server.mjs');
console.log(`Talk to the avatar: http://localhost:${env.PORT}`);
