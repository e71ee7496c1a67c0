import { WebSocket } from 'ws';
import type { Clock } from '../../clock/clock.js';
import type { RelayedMessage } from './upstreamWire.js';

export interface FlowOptions {
  readonly from: WebSocket;
  readonly to: WebSocket;
  /** Bytes that may wait to be sent; reading stops above and goes on below half of it. */
  readonly maxBufferedBytes: number;
  readonly clock: Clock;
  /** The receiver has taken nothing for so long that it must be taken for dead. */
  readonly onStall: () => void;
}

/** One direction of a bridge: sends, and stops reading from the sender while the receiver is slow. */
export interface Flow {
  send(message: RelayedMessage): void;
  /** True while the sender is not being read. */
  readonly isPaused: boolean;
  /** Stops watching; the sender is read again. */
  stop(): void;
}

const STALL_MS = 30_000;

export function createFlow({ from, to, maxBufferedBytes, clock, onStall }: FlowOptions): Flow {
  /** Sent before the receiver was open. */
  const waiting: RelayedMessage[] = [];
  let waitingBytes = 0;
  let cancelStall: (() => void) | null = null;
  let isStopped = false;

  function pause(): void {
    if (cancelStall !== null || isStopped) return;
    cancelStall = clock.schedule(onStall, STALL_MS);
    from.pause();
  }

  function resume(): void {
    if (cancelStall === null) return;
    cancelStall();
    cancelStall = null;
    if (from.isPaused) from.resume();
  }

  function write(message: RelayedMessage): void {
    to.send(message, () => {
      if (to.bufferedAmount <= maxBufferedBytes / 2) resume();
    });
    if (to.bufferedAmount > maxBufferedBytes) pause();
  }

  function onOpen(): void {
    waitingBytes = 0;
    for (const message of waiting.splice(0)) write(message);
    if (to.bufferedAmount <= maxBufferedBytes / 2) resume();
  }
  if (to.readyState === WebSocket.CONNECTING) to.once('open', onOpen);

  return {
    send(message) {
      if (to.readyState === WebSocket.OPEN) return write(message);
      if (to.readyState !== WebSocket.CONNECTING) return;
      waiting.push(message);
      waitingBytes += Buffer.byteLength(message);
      if (waitingBytes > maxBufferedBytes) pause();
    },
    get isPaused() {
      return cancelStall !== null;
    },
    stop() {
      isStopped = true;
      waiting.length = 0;
      to.off('open', onOpen);
      resume();
    },
  };
}
