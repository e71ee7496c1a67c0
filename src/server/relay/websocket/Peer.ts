import type { Frame, Violation } from './frame.js';

/** What a peer says. Nothing is told after `onViolation` or `onClose`, which come at most once, and only one of them. */
export interface PeerHandlers {
  /**
   * Looks at a frame of a data message.
   *
   * @param isWhole whether the message is in this one frame. Only then the answer counts: a fragment is read in any case.
   * @returns `forward` for `onForward`, `read` for `onMessage`.
   */
  onFrame(frame: Frame, isWhole: boolean): 'forward' | 'read' | 'drop';
  /** Gets frames that were to be forwarded: one or several, whole, as they came. */
  onForward(frames: Buffer): void;
  /** Gets the payload of a message. Text is sound UTF-8. */
  onMessage(payload: Buffer, isBinary: boolean): void;
  onPing(payload: Buffer): void;
  onPong(): void;
  /** The peer broke the protocol or the limit. It is not read any more; whoever is told has to close. */
  onViolation(violation: Violation): void;
  /** The peer has closed, or is gone: then the code is 1006. */
  onClose(code: number): void;
}

/**
 * One end of a WebSocket whose frames can be passed on as they came.
 *
 * Has methods where getters would do, as all have that is asked for each message: to V8 an object with getters of its own closures is a
 * dictionary, which is slow to look things up in, and large.
 */
export interface Peer {
  /** Replaces the listeners. */
  listen(handlers: PeerHandlers): void;
  /** Begins to read, or goes on. */
  resume(): void;
  pause(): void;
  isPaused(): boolean;
  /** Whether the peer can still be spoken to, and heard. */
  isOpen(): boolean;
  /** Bytes that wait to be taken by the system. */
  bufferedBytes(): number;
  /**
   * Sends frames; does nothing when the connection is closing.
   *
   * @param onFlushed runs when the system has taken them, or will never.
   */
  write(frames: Buffer, onFlushed?: () => void): void;
  send(opcode: number, payload: string | Uint8Array): void;
  /**
   * Closes, and makes sure that the socket goes. Idempotent. Resolves when it is gone.
   *
   * @param reason at most 123 bytes of UTF-8.
   */
  close(code: number, reason: string): Promise<void>;
  /** Lets the socket go at once. */
  destroy(): void;
}
