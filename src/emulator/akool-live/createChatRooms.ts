import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Clock } from '../../clock/clock.js';
import { readTarget } from '../http/readTarget.js';
import { refuseUpgrade } from '../http/refuseUpgrade.js';
import { createChatRoom, type ChatRoom } from './createChatRoom.js';

const MAX_MESSAGE_BYTES = 64 * 1024;
/** The number after which the vendor's documentation begins. */
const FIRST_NUMBER = 8_898;

export interface ChatRoomsOptions {
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** The sockets of version 3 conversations. As at the vendor, whoever knows a room's address may come in. */
export interface ChatRooms {
  open(): ChatRoom;
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  close(): void;
}

/** Makes the chat rooms of the emulator, none open. */
export function createChatRooms({ clock, log }: ChatRoomsOptions): ChatRooms {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  const rooms = new Map<number, ChatRoom>();
  let next = FIRST_NUMBER;

  return {
    open() {
      const number = next++;
      const room = createChatRoom({ number, clock, log, onClose: () => rooms.delete(number) });
      rooms.set(number, room);
      return room;
    },
    upgrade(request, stream, head) {
      const number = /\/client_(\d{1,9})\.chat$/.exec(readTarget(request).path)?.[1];
      const room = number === undefined ? undefined : rooms.get(Number(number));
      if (!room) return refuseUpgrade(stream, 404, 'There is no such chat room. A version 3 session names its own.');
      sockets.handleUpgrade(request, stream, head, (socket) => room.accept(socket));
    },
    close() {
      for (const room of [...rooms.values()]) room.close();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
