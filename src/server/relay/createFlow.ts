import type { Clock } from '../../clock/clock.js';
import type { Peer } from './websocket/Peer.js';

export interface FlowOptions {
  /** Who is not read while too much waits. */
  readonly from: Pick<Peer, 'pause' | 'resume'>;
  /** Bytes that may wait to be sent until the flow counts as full; it is so until half of it has gone. */
  readonly maxBufferedBytes: number;
  /** Bytes above which the sender is not read until the flow is not full any more. At least `maxBufferedBytes`. */
  readonly pauseAboveBytes: number;
  readonly clock: Clock;
  /** The receiver has taken nothing for so long that it must be taken for dead. */
  readonly onStall: () => void;
}

/** One direction of a bridge: sends, and stops reading from the sender while the receiver is slow. */
export interface Flow {
  /** Whom to send to. What was sent before then has waited. */
  open(to: Peer): void;
  /** Sends frames. */
  send(frames: Buffer): void;
  /** True while so much waits that what is of no use when it is late should not be sent. */
  isFull(): boolean;
  /** Stops watching; the sender is read again. */
  stop(): void;
}

const STALL_MS = 30_000;

export function createFlow({ from, maxBufferedBytes, pauseAboveBytes, clock, onStall }: FlowOptions): Flow {
  let to: Peer | null = null;
  /** Sent before there was a receiver. */
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  /** Set while the flow is full. */
  let cancelStall: (() => void) | null = null;
  let isPaused = false;
  let isStopped = false;

  const bufferedBytes = (): number => (to === null ? waitingBytes : to.bufferedBytes());

  function relieve(): void {
    if (cancelStall === null || bufferedBytes() > maxBufferedBytes / 2) return;
    cancelStall();
    cancelStall = null;
    if (!isPaused) return;
    isPaused = false;
    from.resume();
  }

  function restrain(): void {
    if (isStopped) return;
    cancelStall ??= clock.schedule(onStall, STALL_MS);
    if (isPaused || bufferedBytes() <= pauseAboveBytes) return;
    isPaused = true;
    from.pause();
  }

  function write(receiver: Peer, frames: Buffer): void {
    // A callback costs something, so only those writes have one after which it could matter.
    if (cancelStall === null && receiver.bufferedBytes() + frames.length <= maxBufferedBytes) return receiver.write(frames);
    receiver.write(frames, relieve);
    if (receiver.bufferedBytes() > maxBufferedBytes) restrain();
  }

  return {
    open(receiver) {
      to = receiver;
      for (const frames of waiting) write(receiver, frames);
      waiting = [];
      waitingBytes = 0;
      relieve();
    },
    send(frames) {
      if (isStopped) return;
      if (to !== null) return write(to, frames);
      waiting.push(frames);
      waitingBytes += frames.length;
      if (waitingBytes > maxBufferedBytes) restrain();
    },
    isFull: () => cancelStall !== null,
    stop() {
      isStopped = true;
      waiting = [];
      cancelStall?.();
      cancelStall = null;
      if (isPaused) from.resume();
      isPaused = false;
    },
  };
}
