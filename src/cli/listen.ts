import type { Server } from 'node:net';

/**
 * Listens, on a free port for port 0.
 *
 * @param flag what to choose another port with.
 * @returns the port.
 * @throws Error with one line.
 */
export function listen(server: Server, port: number, host: string, flag: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const isTaken = 'code' in error && error.code === 'EADDRINUSE';
      reject(new Error(isTaken ? `Port ${port} is taken. Choose another with ${flag}.` : `Cannot listen on ${host}:${port}.`, { cause: error }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Host and port as a URL writes them. */
export function authorityOf(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
