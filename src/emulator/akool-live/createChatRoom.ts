import type { WebSocket } from 'ws';
import type { Clock } from '../../clock/clock.js';
import type { FaultRequest } from '../faults/createFaults.js';
import { textOf } from '../http/textOf.js';
import { readChatRoomFrame, type ChatRoomQuestion } from './readChatRoomFrame.js';

const NORMAL = 1000;
const INTERNAL_ERROR = 1011;

export interface ChatRoomOptions {
  readonly number: number;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  readonly onClose: () => void;
}

/** The two ends of a version 3 conversation: `client_<number>`, the browser's, and `server_<number>`, the avatar's. */
export interface ChatRoom {
  readonly number: number;
  /** Serves a browser's socket until it closes. */
  accept(socket: WebSocket): void;
  /** Who takes the questions. Until there is somebody they are lost. */
  attach(onQuestion: (question: ChatRoomQuestion) => void): void;
  /** Sends one part of the answer to a question. */
  tell(question: ChatRoomQuestion, answer: string): void;
  /** Lets a fault happen to the sockets. @returns whether there was one to be struck. */
  strike(fault: FaultRequest): boolean;
  /** Hangs up. Idempotent. */
  close(): void;
}

/** Makes a chat room in which nobody is yet. */
export function createChatRoom({ number, clock, log, onClose }: ChatRoomOptions): ChatRoom {
  const server = `server_${number}`;
  const sockets = new Set<WebSocket>();
  const cancels = new Set<() => void>();
  let onQuestion: (question: ChatRoomQuestion) => void = () => {};
  let closed = false;

  function send(text: string): void {
    for (const socket of sockets) if (socket.readyState === socket.OPEN) socket.send(text);
  }

  function later(delayMs: number, act: (socket: WebSocket) => void): void {
    const cancel = clock.schedule(() => {
      cancels.delete(cancel);
      sockets.forEach(act);
    }, delayMs);
    cancels.add(cancel);
  }

  return {
    number,
    accept(socket) {
      sockets.add(socket);
      socket.on('error', (error) => log(`chat room ${number}: ${error.message}`));
      socket.once('close', () => sockets.delete(socket));
      socket.on('message', (data, isBinary) => {
        const question = isBinary ? null : readChatRoomFrame(textOf(data), server);
        if (question) onQuestion(question);
        else log(`chat room ${number}: a frame was ignored`);
      });
    },
    attach(handler) {
      onQuestion = handler;
    },
    tell({ message_id, voice_id, language, mode_type, question }, answer) {
      const payload = JSON.stringify({ message_id, voice_id, language, mode_type, question, answer });
      send(JSON.stringify({ type: 'chat', from: server, to: `client_${number}`, payload }));
    },
    strike({ fault, delayMs = 0, code = INTERNAL_ERROR }) {
      if (sockets.size === 0) return false;
      if (fault === 'malformed-message') send('{"type":');
      else if (fault === 'drop-socket') later(delayMs, (socket) => socket.terminate());
      else if (fault === 'close-socket') later(delayMs, (socket) => socket.close(code, 'fault close-socket'));
      else return false;
      return true;
    },
    close() {
      if (closed) return;
      closed = true;
      for (const cancel of cancels) cancel();
      for (const socket of sockets) socket.close(NORMAL, 'session closed');
      onClose();
    },
  };
}
