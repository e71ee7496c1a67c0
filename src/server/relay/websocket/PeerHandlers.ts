import type { Frame, Violation } from './frame.js';

/** `forward` for `onForward`, `read` for `onMessage`. */
export type Verdict = 'forward' | 'read' | 'drop';

/** What a peer says. Nothing is told after `onViolation` or `onClose`, which come at most once, and only one of them. */
export interface PeerHandlers {
  /**
   * Looks at a frame of a data message.
   *
   * @param isWhole whether the message is in this one frame. Only then the answer counts: a fragment is read in any case.
   */
  onFrame(frame: Frame, isWhole: boolean): Verdict;
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

/** Listens to nothing. */
export const SILENT: PeerHandlers = {
  onFrame: () => 'drop',
  onForward: () => undefined,
  onMessage: () => undefined,
  onPing: () => undefined,
  onPong: () => undefined,
  onViolation: () => undefined,
  onClose: () => undefined,
};
