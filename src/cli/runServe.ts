import { createServer, type Server } from 'node:http';
import { createAvatarHandler, createRelay, toNodeListener, type ServerLogEntry } from '../server.js';
import { parseServeArguments, SERVE_HELP } from './serveArguments.js';
import { serveOptions } from './serveOptions.js';

/**
 * `visavis serve`: runs until SIGINT or SIGTERM.
 *
 * @returns the exit code: 0 after a clean stop, 1 when it could not start, 2 for wrong arguments.
 */
export async function runServe(argv: readonly string[]): Promise<number> {
  let args;
  try {
    args = parseServeArguments(argv);
  } catch (error) {
    return fail(error, 2);
  }
  if (args.wantsHelp) {
    process.stdout.write(SERVE_HELP);
    return 0;
  }
  try {
    const options = await serveOptions(args, process.env, logLine);
    const relay = createRelay(options);
    const handler = createAvatarHandler(options);
    const listener = toNodeListener(handler);
    const isOurs = (url: string | undefined): boolean => url?.startsWith(`${args.base}/`) === true;
    const server = createServer((request, response) => {
      if (isOurs(request.url)) listener(request, response);
      else response.writeHead(404).end();
    });
    server.on('upgrade', (request, socket, head) => {
      if (!isOurs(request.url) || !relay.handleUpgrade(request, socket, head)) socket.destroy();
    });
    const port = await listen(server, args.port, args.host);
    const authority = `${args.host.includes(':') ? `[${args.host}]` : args.host}:${port}`;
    const url = `http://${authority}${args.base}`;
    process.stdout.write(args.isJson ? `${JSON.stringify({ ready: true, url })}\n` : `visavis server is ready: ${url}/session\n`);
    await stopSignal();
    server.close();
    // Sessions that stay open at a vendor are paid for.
    await Promise.all([relay.close(), handler.close()]);
    server.closeAllConnections();
    return 0;
  } catch (error) {
    return fail(error, 1);
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const isTaken = 'code' in error && error.code === 'EADDRINUSE';
      reject(new Error(isTaken ? `Port ${port} is taken. Choose another with --port.` : `Cannot listen on ${host}:${port}.`, { cause: error }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}

/** To stderr, so that stdout holds the ready line alone. */
function logLine({ level, event, message, context }: ServerLogEntry): void {
  process.stderr.write(`${JSON.stringify({ level, event, message, ...context })}\n`);
}

function fail(error: unknown, exitCode: number): number {
  process.stderr.write(`visavis serve: ${error instanceof Error ? error.message.split('\n')[0] : 'failed'}\n`);
  return exitCode;
}
