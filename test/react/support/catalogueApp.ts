import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEmulator } from '../../../src/emulator.js';
import { AvatarError, createAvatarHandler, toNodeListener, type Subject } from '../../../src/server.js';

// A program of its own: an application's server with an emulated vendor behind it. The page of the test lives in another process, as pages do.
const emulator = await startEmulator({ liveSessionStepMs: 1 });
/** Whose first request was answered with `Retry-After: 1`. */
const delayed = new Set<string>();

/** The cookie is `user=NAME.EXPIRES`, the time in milliseconds since 1970. */
function authorize(request: Request): Subject | null {
  const [, id, expiresAt] = /(?:^|; )user=([a-z-]+)\.(\d+)/.exec(request.headers.get('cookie') ?? '') ?? [];
  if (id === undefined || Number(expiresAt) < Date.now()) return null;
  if (id === 'patient' && !delayed.has(id)) {
    delayed.add(id);
    throw new AvatarError('rate-limited', { message: 'Once more, in a second.', context: { retryAfterMs: 1_000 } });
  }
  return { id, limits: { maxGrantsPerMinute: 2 } };
}

const handler = createAvatarHandler({
  secret: 'a-secret-of-at-least-32-bytes-for-tests',
  authorize,
  allowedOrigins: [],
  akoolLive: { apiKey: emulator.apiKey, baseUrl: emulator.akoolApiUrl, defaultAvatarId: 'emulated' },
  catalogue: { knowledge: true },
  channel: { kind: 'loopback', url: emulator.channelUrl },
  limits: { maxReadsPerMinute: 12 },
});
const server = createServer(toNodeListener(handler));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo; // A server that listens on TCP has one.
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
});
// Its parent is gone: a test that was ended by force leaves none behind.
process.stdin.on('end', () => process.exit(0)).resume();
