import { createDeferred, type Deferred } from '../../clock/createDeferred.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { ClientMessage, RoomMessage, RoomRequest } from './messages.js';
import { readRoomMessage } from './readRoomMessage.js';

type Done = Extract<RoomMessage, { type: 'done' }>;
/** What the room says on its own accord. */
export type RoomNotice = Exclude<RoomMessage, { type: 'done' | 'fail' }>;

/** The signalling socket of one member of a room. */
export interface Signalling {
  request(request: RoomRequest): Promise<Done>;
  send(message: Exclude<ClientMessage, { request: number }>): void;
  /** Closes; pending requests are rejected. Idempotent, calls `onClose` no more. */
  close(): void;
}

/** Rejection of a request that the room refused: `code` as in Agora's errors. */
export class RoomRefusal extends Error {
  override readonly name = 'RoomRefusal';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Connects to a room's signalling endpoint. Rejects when it cannot be reached. */
export function openSignalling(url: string, onNotice: (notice: RoomNotice) => void, onClose: () => void): Promise<Signalling> {
  const socket = new WebSocket(url);
  const pending = new Map<number, Deferred<Done>>();
  const opened = createDeferred<Signalling>();
  let lastRequest = 0;

  function lost(): void {
    const error = new RoomRefusal('WS_ABORT', 'The connection to the room was closed.');
    for (const deferred of pending.values()) deferred.reject(error);
    pending.clear();
  }

  const signalling: Signalling = {
    request(request) {
      const number = ++lastRequest;
      const deferred = createDeferred<Done>();
      if (socket.readyState !== socket.OPEN) deferred.reject(new RoomRefusal('WS_ABORT', 'There is no connection to the room.'));
      else {
        pending.set(number, deferred);
        socket.send(JSON.stringify({ ...request, request: number }));
      }
      return deferred.promise;
    },
    send(message) {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    },
    close() {
      socket.onclose = socket.onmessage = null;
      socket.close();
      lost();
    },
  };

  socket.onopen = () => opened.resolve(signalling);
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = typeof data === 'string' ? readRoomMessage(data) : null;
    if (message === null) return;
    if (message.type === 'done') pending.get(message.request)?.resolve(message);
    else if (message.type === 'fail') pending.get(message.request)?.reject(new RoomRefusal(message.code, message.message));
    else return onNotice(message);
    pending.delete(message.request);
  };
  socket.onclose = () => {
    lost();
    opened.reject(new AvatarError('channel-failed', { message: 'The emulator\'s room could not be reached. Is the emulator running?' }));
    onClose();
  };
  return opened.promise;
}
