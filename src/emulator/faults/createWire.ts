import type { WebSocket } from 'ws';
import type { Clock } from '../../clock/clock.js';
import type { FaultRequest, Faults, FaultScope } from './createFaults.js';

/** The vendor's end of a socket, where faults of the wire strike whatever is said over it. */
export interface Wire {
  /** Sends a message, unless the socket is closing. */
  send(message: string | Uint8Array): void;
  /** Lets a fault of the wire happen at once. @returns whether it is one. */
  strike(fault: FaultRequest): boolean;
}

export interface WireOptions {
  readonly socket: WebSocket;
  readonly faults: Faults;
  readonly scope: FaultScope;
  readonly clock: Clock;
}

const SLOW_MS = 500;
/** A message that waits to be overtaken goes on its way at last when nothing follows. */
const OVERTAKE_MS = 500;
/** After so long the vendor notices as well that the other side is gone. */
const GIVE_UP_MS = 20_000;
const INTERNAL_ERROR = 1011;
/** More than any relay or client should take in one message. */
const OVERSIZE_BYTES = 8 * 1024 * 1024;

/** Makes the wire of an accepted socket. */
export function createWire({ socket, faults, scope, clock }: WireOptions): Wire {
  const cancels = new Set<() => void>();
  /** When the last of the slow messages goes: none overtakes another. */
  let clearAtMs = 0;
  let waiting: { readonly message: string | Uint8Array; readonly cancel: () => void } | null = null;
  let isHalfOpen = false;

  function later(delayMs: number, task: () => void): () => void {
    const cancel = clock.schedule(() => (cancels.delete(cancel), task()), delayMs);
    cancels.add(cancel);
    return cancel;
  }

  function put(message: string | Uint8Array): void {
    if (!isHalfOpen && socket.readyState === socket.OPEN) socket.send(message);
  }

  /** Lets the one that was held go after the one that has overtaken it. */
  function letGo(): void {
    const held = waiting;
    waiting = null;
    held?.cancel();
    if (held) put(held.message);
  }

  function transmit(message: string | Uint8Array): void {
    put(message);
    if (faults.take('duplicate-message', scope)) put(message);
    letGo();
  }

  socket.once('close', () => {
    for (const cancel of cancels) cancel();
  });

  return {
    send(original) {
      const message = faults.take('corrupt-message', scope) ? corrupt(original) : original;
      if (waiting === null && faults.take('reorder-messages', scope)) {
        waiting = { message, cancel: later(OVERTAKE_MS, letGo) };
        return;
      }
      const slow = faults.take('slow-messages', scope);
      const delayMs = Math.max(slow ? (slow.delayMs ?? SLOW_MS) : 0, clearAtMs - clock.now());
      if (delayMs <= 0) return transmit(message);
      clearAtMs = clock.now() + delayMs;
      later(delayMs, () => transmit(message));
    },
    strike({ fault, delayMs = 0, code = INTERNAL_ERROR }) {
      switch (fault) {
        case 'drop-socket':
          later(delayMs, () => socket.terminate());
          return true;
        case 'close-socket':
          later(delayMs, () => socket.close(code, 'fault close-socket'));
          return true;
        case 'half-open':
          later(delayMs, () => {
            isHalfOpen = true;
            // Nothing is read any more, hence no ping is answered either.
            socket.pause();
            later(GIVE_UP_MS, () => socket.terminate());
          });
          return true;
        case 'oversize-message':
          put('x'.repeat(OVERSIZE_BYTES));
          return true;
        default:
          return false;
      }
    },
  };
}

/** Another byte in the middle, which keeps a text a text. */
function corrupt(message: string | Uint8Array): string | Uint8Array {
  const middle = Math.floor(message.length / 2);
  if (typeof message === 'string') return `${message.slice(0, middle)}\u0007${message.slice(middle + 1)}`;
  return message.map((byte, at) => (at === middle ? byte ^ 0xff : byte));
}
