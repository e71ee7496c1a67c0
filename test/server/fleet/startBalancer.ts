import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Balancer {
  readonly port: number;
  /** To which of the ports there are connections now, each by its own. */
  openTo(): readonly number[];
  close(): Promise<void>;
}

/**
 * Hands each connection to the next instance that takes it, byte for byte. One that breaks on either side breaks on both.
 *
 * @param ports may be filled later, before the first connection.
 */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const sockets = new Set<Socket>();
  const open = new Map<Socket, number>();
  let next = 0;

  function track(socket: Socket): Socket {
    sockets.add(socket);
    socket.setNoDelay(true).on('error', () => undefined);
    return socket.once('close', () => sockets.delete(socket));
  }

  function handOn(client: Socket, triesLeft: number): void {
    const port = ports[next++ % ports.length] ?? 0;
    const upstream = track(connect(port, '127.0.0.1'));
    upstream.once('connect', () => {
      client.pipe(upstream).pipe(client);
      open.set(upstream, port);
      upstream.once('close', () => {
        open.delete(upstream);
        client.destroy();
      });
      client.once('close', () => upstream.destroy());
    });
    // A connection that was never made: another may be.
    upstream.once('error', () => {
      if (!upstream.connecting && upstream.bytesRead + upstream.bytesWritten > 0) return;
      if (triesLeft > 0 && !client.destroyed) handOn(client, triesLeft - 1);
      else client.destroy();
    });
  }

  const server = createServer((client) => handOn(track(client), ports.length - 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // A server that listens on TCP has one.
  return {
    port,
    openTo: () => [...open.values()],
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
