import type { Server } from 'node:http';
import { AvatarError } from '../../errors/AvatarError.js';

/**
 * Opens a server.
 * @returns the port that it got.
 * @throws AvatarError `invalid-options` when the address cannot be had.
 */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  }).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const advice = code === 'EADDRINUSE' ? 'Another program uses that port: stop it or choose another port.' : 'Choose another host or port.';
    throw new AvatarError('invalid-options', { message: `The emulator cannot listen on ${host}:${port} (${code}). ${advice}`, cause, context: { host, port } });
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** Closes a server and every connection that it still has. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
