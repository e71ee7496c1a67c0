import { isUtf8 } from 'node:buffer';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../../clock/clock.js';
import { Assembler } from './Assembler.js';
import { LOST, readCloseCode, writeClosePayload } from './closePayload.js';
import { encodeFrame } from './encodeFrame.js';
import { NOT_UTF8, OPCODE, type Frame, type Violation } from './frame.js';
import { framePayload } from './framePayload.js';
import { FrameReader, type FrameSink } from './FrameReader.js';
import { SILENT, type PeerHandlers } from './PeerHandlers.js';

export interface PeerOptions {
  /** The socket after the handshake. */
  readonly socket: Duplex;
  /** What was read from it behind the handshake. */
  readonly head: Buffer;
  /** Who the other side is. The frames of a client are masked, those of a server are not. */
  readonly other: 'client' | 'server';
  readonly maxMessageBytes: number;
  readonly clock: Clock;
}

/** How long the other side may take to close when it has been told to. */
const CLOSE_GRACE_MS = 1_000;
/** After so long without a sign the system asks whether the other side is still there. */
const KEEP_ALIVE_MS = 20_000;

/**
 * One end of a WebSocket whose frames can be passed on as they came. It is not read from until `resume`: what arrives waits in the system.
 *
 * A class, as is all that is asked for each message: what a message touches then lies in a few objects rather than in the closures of
 * many, and with hundreds of sessions each of those would have to be fetched from memory.
 */
export class Peer implements FrameSink {
  private readonly socket: Duplex;
  private readonly isServer: boolean;
  private readonly reader: FrameReader;
  private readonly assembler: Assembler;
  private handlers = SILENT;
  /** `closing`: nothing is sent any more, and only a close frame is waited for. `deaf`: not even that. */
  private state: 'open' | 'closing' | 'deaf' | 'gone' = 'open';
  /** Frames that go on together: where they lie in what was read. */
  private runBytes: Buffer | null = null;
  private runStart = 0;
  private runEnd = 0;

  private readonly clock: Clock;
  private hasSentClose = false;
  private isReading = false;
  private unread: Buffer | null;
  private cancelGrace: (() => void) | null = null;
  private resolveGone: () => void = () => {};
  private readonly gone = new Promise<void>((resolve) => (this.resolveGone = resolve));

  constructor({ socket, head, other, maxMessageBytes, clock }: PeerOptions) {
    this.socket = socket;
    this.isServer = other === 'server';
    this.reader = new FrameReader({ isMasked: other === 'client', maxPayloadBytes: maxMessageBytes });
    this.assembler = new Assembler(maxMessageBytes);
    this.clock = clock;
    this.unread = head.length > 0 ? head : null;
    if (socket instanceof Socket) {
      socket.setTimeout(0);
      socket.setNoDelay(true);
      socket.setKeepAlive(true, KEEP_ALIVE_MS);
    }
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.destroy());
    socket.on('close', () => this.onSocketClose());
    if (socket.destroyed) {
      this.state = 'gone';
      this.resolveGone();
    }
  }

  /** Replaces the listeners. */
  listen(handlers: PeerHandlers): void {
    this.handlers = handlers;
  }

  /** Begins to read, or goes on. */
  resume(): void {
    if (this.isReading || this.state === 'gone') return;
    this.isReading = true;
    if (this.socket.listenerCount('data') === 0) this.socket.on('data', (chunk: Buffer) => this.read(chunk));
    this.socket.resume();
    const first = this.unread;
    this.unread = null;
    if (first !== null) this.read(first);
  }

  pause(): void {
    this.isReading = false;
    this.socket.pause();
  }

  isPaused(): boolean {
    return !this.isReading;
  }

  /** Whether the peer can still be spoken to, and heard. */
  isOpen(): boolean {
    return this.state === 'open';
  }

  /** Bytes that wait to be taken by the system. */
  bufferedBytes(): number {
    return this.socket.writableLength;
  }

  /**
   * Sends frames; does nothing when the connection is closing.
   *
   * @param onFlushed runs when the system has taken them, or will never.
   */
  write(frames: Buffer, onFlushed?: () => void): void {
    if (this.state !== 'open') return;
    if (onFlushed === undefined) this.socket.write(frames);
    else this.socket.write(frames, onFlushed);
  }

  send(opcode: number, payload: string | Uint8Array): void {
    if (this.state === 'open') this.socket.write(encodeFrame(opcode, payload, this.isServer));
  }

  /**
   * Closes, and makes sure that the socket goes. Idempotent. Resolves when it is gone.
   *
   * @param reason at most 123 bytes of UTF-8.
   */
  close(code: number, reason: string): Promise<void> {
    if (this.state === 'gone') return this.gone;
    // It may be told to in the midst of what it read.
    this.forwardRun();
    this.handlers = SILENT;
    this.sendClose(writeClosePayload(code, reason));
    if (this.state === 'open') this.state = 'closing';
    // No answer would be understood, so the other side shall only see the end.
    if (this.state === 'deaf') this.socket.end();
    this.startGrace();
    // The answer, or the end, has to be read.
    this.resume();
    return this.gone;
  }

  /** Lets the socket go at once. */
  destroy(): void {
    this.socket.destroy();
  }

  /** What its reader found. @returns whether the next frame is of any interest. */
  onFrame(frame: Frame): boolean {
    if (frame.opcode < OPCODE.close) {
      if (this.state === 'open') this.onDataFrame(frame);
    } else {
      this.forwardRun();
      this.onControlFrame(frame);
    }
    return this.state === 'open' || this.state === 'closing';
  }

  private read(chunk: Buffer): void {
    if (this.state === 'deaf' || this.state === 'gone') return;
    const violation = this.reader.read(chunk, this);
    if (violation !== null) this.violate(violation);
    else this.forwardRun();
  }

  private onDataFrame(frame: Frame): void {
    const isWhole = frame.isFinal && frame.opcode !== OPCODE.continuation && this.assembler.isIdle();
    const verdict = this.handlers.onFrame(frame, isWhole);
    if (this.state !== 'open' || (isWhole && verdict === 'drop')) return;
    if (isWhole && verdict === 'forward') return this.extendRun(frame);
    this.forwardRun();
    const added = this.assembler.add(frame);
    if (added === null) return;
    if ('code' in added) return this.violate(added);
    if (!added.isBinary && !isUtf8(added.payload)) return this.violate(NOT_UTF8);
    this.handlers.onMessage(added.payload, added.isBinary);
  }

  private extendRun({ bytes, start, end }: Frame): void {
    if (this.runBytes !== bytes || this.runEnd !== start) {
      this.forwardRun();
      this.runBytes = bytes;
      this.runStart = start;
    }
    this.runEnd = end;
  }

  private forwardRun(): void {
    const bytes = this.runBytes;
    if (bytes === null) return;
    this.runBytes = null;
    this.handlers.onForward(this.runStart === 0 && this.runEnd === bytes.length ? bytes : bytes.subarray(this.runStart, this.runEnd));
  }

  private onControlFrame(frame: Frame): void {
    if (frame.opcode === OPCODE.close) this.onCloseFrame(framePayload(frame));
    else if (this.state !== 'open') return;
    else if (frame.opcode === OPCODE.ping) this.handlers.onPing(framePayload(frame));
    else this.handlers.onPong();
  }

  private onCloseFrame(payload: Buffer): void {
    const code = readCloseCode(payload);
    if (typeof code !== 'number') return this.violate(code);
    const wasOpen = this.state === 'open';
    this.sendClose(payload.subarray(0, 2));
    this.state = 'deaf';
    // It is the server's part to hang up first, but neither waits for ever.
    if (!this.isServer) this.socket.end();
    this.startGrace();
    if (wasOpen) this.sayFarewell().onClose(code);
  }

  private violate(violation: Violation): void {
    this.forwardRun();
    const wasOpen = this.state === 'open';
    this.state = 'deaf';
    if (wasOpen) this.sayFarewell().onViolation(violation);
  }

  private onSocketClose(): void {
    this.cancelGrace?.();
    const wasOpen = this.state === 'open';
    this.state = 'gone';
    this.resolveGone();
    if (wasOpen) this.sayFarewell().onClose(LOST);
  }

  /** Takes the listeners off for the last word. */
  private sayFarewell(): PeerHandlers {
    const last = this.handlers;
    this.handlers = SILENT;
    return last;
  }

  private sendClose(payload: Uint8Array): void {
    if (this.hasSentClose) return;
    this.hasSentClose = true;
    this.socket.write(encodeFrame(OPCODE.close, payload, this.isServer));
  }

  private startGrace(): void {
    this.cancelGrace ??= this.clock.schedule(() => this.socket.destroy(), CLOSE_GRACE_MS);
  }
}
