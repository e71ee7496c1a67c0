import type { WebSocket } from 'ws';
import type { Clock } from '../../clock/clock.js';
import { textOf } from '../http/textOf.js';
import { readReadmeAuth, type ReadmeAuth } from './readReadmeMessage.js';

/** Somebody who has shown no key and says nothing is not waited for any longer. */
const TIMEOUT_MS = 2_000;

/**
 * Waits for the first message of a socket that came without a key in its headers.
 *
 * @param onAuth - called once while the message is delivered, so that no later one is missed; with null when it was no
 *   `auth`, or too late. Not called when the socket closes first.
 */
export function awaitAuth(socket: WebSocket, clock: Clock, onAuth: (auth: ReadmeAuth | null) => void): void {
  const finish = (auth: ReadmeAuth | null) => {
    cleanUp();
    onAuth(auth);
  };
  const read = (data: Parameters<typeof textOf>[0], isBinary: boolean) => finish(isBinary ? null : readReadmeAuth(textOf(data)));
  const cleanUp = () => {
    cancel();
    socket.off('message', read);
    socket.off('close', cleanUp);
    socket.off('error', ignore);
  };
  // An error is followed by its close.
  const ignore = () => undefined;
  const cancel = clock.schedule(() => finish(null), TIMEOUT_MS);
  socket.on('message', read);
  socket.on('close', cleanUp);
  socket.on('error', ignore);
}
