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

const STALL_MS = 30_000;

/** One direction of a bridge: sends, and stops reading from the sender while the receiver is slow. */
export class Flow {
  private readonly maxBufferedBytes: number;
  private to: Peer | null = null;
  /** Sent before there was a receiver. */
  private waiting: Buffer[] = [];
  private waitingBytes = 0;
  /** Set while the flow is full. */
  private cancelStall: (() => void) | null = null;
  private isPaused = false;
  private isStopped = false;

  constructor(private readonly options: FlowOptions) {
    this.maxBufferedBytes = options.maxBufferedBytes;
  }

  /** Whom to send to. What was sent before then has waited. */
  open(to: Peer): void {
    this.to = to;
    for (const frames of this.waiting) this.write(to, frames);
    this.waiting = [];
    this.waitingBytes = 0;
    this.relieve();
  }

  /** Sends frames. */
  send(frames: Buffer): void {
    if (this.isStopped) return;
    if (this.to !== null) return this.write(this.to, frames);
    this.waiting.push(frames);
    this.waitingBytes += frames.length;
    if (this.waitingBytes > this.maxBufferedBytes) this.restrain();
  }

  /** True while so much waits that what is of no use when it is late should not be sent. */
  isFull(): boolean {
    return this.cancelStall !== null;
  }

  /** Stops watching; the sender is read again. */
  stop(): void {
    this.isStopped = true;
    this.waiting = [];
    this.cancelStall?.();
    this.cancelStall = null;
    if (this.isPaused) this.options.from.resume();
    this.isPaused = false;
  }

  private write(to: Peer, frames: Buffer): void {
    // A callback costs something, so only those writes have one after which it could matter.
    if (this.cancelStall === null && to.bufferedBytes() + frames.length <= this.maxBufferedBytes) return to.write(frames);
    to.write(frames, () => this.relieve());
    if (to.bufferedBytes() > this.maxBufferedBytes) this.restrain();
  }

  private bufferedBytes(): number {
    return this.to === null ? this.waitingBytes : this.to.bufferedBytes();
  }

  private relieve(): void {
    if (this.cancelStall === null || this.bufferedBytes() > this.maxBufferedBytes / 2) return;
    this.cancelStall();
    this.cancelStall = null;
    if (!this.isPaused) return;
    this.isPaused = false;
    this.options.from.resume();
  }

  private restrain(): void {
    if (this.isStopped) return;
    const { clock, onStall, pauseAboveBytes, from } = this.options;
    this.cancelStall ??= clock.schedule(onStall, STALL_MS);
    if (this.isPaused || this.bufferedBytes() <= pauseAboveBytes) return;
    this.isPaused = true;
    from.pause();
  }
}
