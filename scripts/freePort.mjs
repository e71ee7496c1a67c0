import { createServer } from 'node:net';

/**
 * The wished-for port, or the default; where the default is taken, any free one.
 * @param {number} defaultPort
 * @param {string | undefined} wish as it came from the command line
 * @param {string} host
 * @returns {Promise<number>}
 */
export async function freePort(defaultPort, wish, host) {
  const port = wish === undefined ? defaultPort : Number(wish);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`"${wish}" is not a port: use 0 to 65535.`);
  const got = await tryPort(port, host);
  if (got !== undefined) return got;
  if (wish !== undefined) throw new Error(`Port ${port} is taken. Choose another one, or leave the option out.`);
  const any = await tryPort(0, host);
  if (any === undefined) throw new Error(`No port can be opened on ${host}.`);
  return any;
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number | undefined>} undefined when it is taken
 */
function tryPort(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
