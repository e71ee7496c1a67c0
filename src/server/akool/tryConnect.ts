import { connect } from 'node:net';
import type { HostPolicy } from './createHostPolicy.js';
import { guardedLookup } from './guardedLookup.js';

export interface TryConnectOptions {
  /** As the policy permits it, without brackets. */
  readonly host: string;
  readonly port: number;
  readonly policy: HostPolicy;
  /** Gives up. */
  readonly signal: AbortSignal;
}

/** `silent`: given up before it was known. */
export type ConnectOutcome = 'answered' | 'refused' | 'silent';

/** Opens a TCP connection and hangs up at once; not a byte is sent. Needs Node, and never keeps it running. */
export function tryConnect({ host, port, policy, signal }: TryConnectOptions): Promise<ConnectOutcome> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, lookup: guardedLookup(policy) });
    socket.unref();
    const finish = (outcome: ConnectOutcome): void => {
      signal.removeEventListener('abort', onAbort);
      // The listener for errors stays: what comes after the end is nobody's concern, but must be heard by somebody.
      socket.destroy();
      resolve(outcome);
    };
    const onAbort = (): void => finish('silent');
    socket.once('connect', () => finish('answered'));
    socket.on('error', () => finish('refused'));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
