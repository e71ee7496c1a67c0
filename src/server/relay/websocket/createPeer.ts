import { isUtf8 } from 'node:buffer';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../../clock/clock.js';
import { LOST, readCloseCode, writeClosePayload } from './closePayload.js';
import { createAssembler } from './createAssembler.js';
import { createFrameReader } from './createFrameReader.js';
import { encodeFrame } from './encodeFrame.js';
import { NOT_UTF8, OPCODE, type Frame, type Violation } from './frame.js';
import { framePayload } from './framePayload.js';
import type { Peer, PeerHandlers } from './Peer.js';

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

const silent: PeerHandlers = {
  onFrame: () => 'drop',
  onForward: () => undefined,
  onMessage: () => undefined,
  onPing: () => undefined,
  onPong: () => undefined,
  onViolation: () => undefined,
  onClose: () => undefined,
};

/** Makes a peer that is not read from yet: what arrives waits in the system. */
export function createPeer({ socket, head, other, maxMessageBytes, clock }: PeerOptions): Peer {
  const reader = createFrameReader({ isMasked: other === 'client', maxPayloadBytes: maxMessageBytes });
  const assembler = createAssembler(maxMessageBytes);
  let handlers = silent;
  /** `closing`: nothing is sent any more, and only a close frame is waited for. `deaf`: not even that. */
  let state: 'open' | 'closing' | 'deaf' | 'gone' = 'open';
  let hasSentClose = false;
  let isPaused = true;
  let unread: Buffer | null = head.length > 0 ? head : null;
  let cancelGrace: (() => void) | null = null;
  let resolveGone: () => void = () => {};
  const gone = new Promise<void>((resolve) => (resolveGone = resolve));

  /** Frames that go on together: where they lie in what was read. */
  let runBytes: Buffer | null = null;
  let runStart = 0;
  let runEnd = 0;

  if (socket instanceof Socket) {
    socket.setTimeout(0);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
  }
  socket.on('error', () => socket.destroy());
  socket.on('end', () => socket.destroy());
  socket.on('close', () => {
    cancelGrace?.();
    const wasOpen = state === 'open';
    state = 'gone';
    resolveGone();
    if (wasOpen) finish().onClose(LOST);
  });
  if (socket.destroyed) {
    state = 'gone';
    resolveGone();
  }

  /** Takes the listeners off for the last word. */
  function finish(): PeerHandlers {
    const last = handlers;
    handlers = silent;
    return last;
  }

  function forwardRun(): void {
    if (runBytes === null) return;
    const frames = runStart === 0 && runEnd === runBytes.length ? runBytes : runBytes.subarray(runStart, runEnd);
    runBytes = null;
    handlers.onForward(frames);
  }

  function read(chunk: Buffer): void {
    if (state === 'deaf' || state === 'gone') return;
    const violation = reader.read(chunk, onFrame);
    if (violation !== null) violate(violation);
    else forwardRun();
  }

  /** @returns whether the next frame is of any interest. */
  function onFrame(frame: Frame): boolean {
    if (frame.opcode < OPCODE.close) {
      if (state === 'open') onDataFrame(frame);
    } else {
      forwardRun();
      onControlFrame(frame);
    }
    return state === 'open' || state === 'closing';
  }

  function onDataFrame(frame: Frame): void {
    const isWhole = frame.isFinal && frame.opcode !== OPCODE.continuation && assembler.isIdle();
    const verdict = handlers.onFrame(frame, isWhole);
    if (state !== 'open' || (isWhole && verdict === 'drop')) return;
    if (isWhole && verdict === 'forward') {
      if (runBytes !== frame.bytes || runEnd !== frame.start) {
        forwardRun();
        runBytes = frame.bytes;
        runStart = frame.start;
      }
      runEnd = frame.end;
      return;
    }
    forwardRun();
    const added = assembler.add(frame);
    if (added === null) return;
    if ('code' in added) return violate(added);
    if (!added.isBinary && !isUtf8(added.payload)) return violate(NOT_UTF8);
    handlers.onMessage(added.payload, added.isBinary);
  }

  function onControlFrame(frame: Frame): void {
    if (frame.opcode === OPCODE.close) onCloseFrame(framePayload(frame));
    else if (state !== 'open') return;
    else if (frame.opcode === OPCODE.ping) handlers.onPing(framePayload(frame));
    else handlers.onPong();
  }

  function onCloseFrame(payload: Buffer): void {
    const code = readCloseCode(payload);
    if (typeof code !== 'number') return violate(code);
    const wasOpen = state === 'open';
    if (!hasSentClose) {
      hasSentClose = true;
      socket.write(encodeFrame(OPCODE.close, payload.subarray(0, 2), other === 'server'));
    }
    state = 'deaf';
    // It is the server's part to hang up first, but neither waits for ever.
    if (other === 'client') socket.end();
    startGrace();
    if (wasOpen) finish().onClose(code);
  }

  function violate(violation: Violation): void {
    forwardRun();
    const wasOpen = state === 'open';
    state = 'deaf';
    if (wasOpen) finish().onViolation(violation);
  }

  function startGrace(): void {
    cancelGrace ??= clock.schedule(() => socket.destroy(), CLOSE_GRACE_MS);
  }

  function resume(): void {
    if (!isPaused || state === 'gone') return;
    isPaused = false;
    if (socket.listenerCount('data') === 0) socket.on('data', read);
    socket.resume();
    const first = unread;
    unread = null;
    if (first !== null) read(first);
  }

  return {
    listen: (next) => void (handlers = next),
    resume,
    pause() {
      isPaused = true;
      socket.pause();
    },
    isPaused: () => isPaused,
    isOpen: () => state === 'open',
    bufferedBytes: () => socket.writableLength,
    write(frames, onFlushed) {
      if (state !== 'open') return;
      if (onFlushed === undefined) socket.write(frames);
      else socket.write(frames, onFlushed);
    },
    send(opcode, payload) {
      if (state === 'open') socket.write(encodeFrame(opcode, payload, other === 'server'));
    },
    close(code, reason) {
      if (state === 'gone') return gone;
      // It may be told to in the midst of what it read.
      forwardRun();
      handlers = silent;
      if (!hasSentClose) {
        hasSentClose = true;
        socket.write(encodeFrame(OPCODE.close, writeClosePayload(code, reason), other === 'server'));
      }
      if (state === 'open') state = 'closing';
      // No answer would be understood, so the other side shall only see the end.
      if (state === 'deaf') socket.end();
      startGrace();
      // The answer, or the end, has to be read.
      resume();
      return gone;
    },
    destroy: () => void socket.destroy(),
  };
}
