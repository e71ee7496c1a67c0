import { WebSocket } from 'ws';
import type { Clock } from '../../clock/clock.js';
import { closeSocket } from './closeSocket.js';

/** Closes the socket of a vendor that knows no farewell. Resolves when it is gone. */
export function leaveQuietly(socket: WebSocket, clock: Clock): Promise<void> {
  if (socket.readyState !== WebSocket.CONNECTING) return closeSocket(socket, 1_000, '', clock);
  const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.terminate();
  return gone;
}
