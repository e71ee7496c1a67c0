import type { WebSocket } from 'ws';
import type { Clock } from '../../clock/clock.js';

/** How long the other side may take to answer a close frame. */
export const CLOSE_GRACE_MS = 1_000;

/**
 * Closes a socket and makes sure that it goes. Resolves when it is gone.
 *
 * @param reason at most 123 bytes of UTF-8, as RFC 6455 has it.
 */
export function closeSocket(socket: WebSocket, code: number, reason: string, clock: Clock): Promise<void> {
  if (socket.readyState === socket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    const cancel = clock.schedule(() => socket.terminate(), CLOSE_GRACE_MS);
    socket.once('close', () => {
      cancel();
      resolve();
    });
    // A paused socket would never read the answer. One that failed to connect has nothing to resume, and would throw.
    if (socket.isPaused) socket.resume();
    socket.close(code, reason);
  });
}
