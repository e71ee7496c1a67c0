import { connect } from 'node:net';
import { findingsOf, type Finding } from './finding.js';

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'ws:': 80, 'https:': 443, 'wss:': 443 };

/**
 * Whether a connection can be made. Nothing is sent over it.
 *
 * @param check what it is the address of.
 */
export async function checkReach(check: string, address: URL, signal: AbortSignal): Promise<Finding> {
  const { ok, fail } = findingsOf(check);
  const port = Number(address.port) || DEFAULT_PORTS[address.protocol] || 0;
  const host = address.hostname.replace(/^\[(.*)\]$/, '$1');
  const problem = await tryConnect(host, port, signal);
  switch (problem) {
    case null:
      return ok(`${address.host} can be reached.`);
    case 'unknown-name':
      return fail(`The name ${host} is not known.`, `Check it for typing errors, and that this machine resolves names: getent hosts ${host}`);
    case 'refused':
      return fail(`${host} takes no connections on port ${port}.`, 'Check the port, and that the service runs.');
    case 'unreachable':
      return fail(`${host} cannot be reached on port ${port}.`, 'Let outgoing connections to it through firewall, security group or network policy.');
  }
}

async function tryConnect(host: string, port: number, signal: AbortSignal): Promise<'unknown-name' | 'refused' | 'unreachable' | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const done = (problem: 'unknown-name' | 'refused' | 'unreachable' | null): void => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      resolve(problem);
    };
    const onAbort = (): void => done('unreachable');
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    socket.once('connect', () => done(null));
    // A listener must stay: what happens to a socket that was given up is of no interest.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') done('unknown-name');
      else done(error.code === 'ECONNREFUSED' ? 'refused' : 'unreachable');
    });
  });
}
