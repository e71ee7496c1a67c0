import { createServer } from 'node:net';
import { findingsOf, type Finding } from './finding.js';

/** Whether the server could listen there. */
export async function checkPort(host: string, port: number, flag: string): Promise<Finding> {
  const { ok, warn, fail } = findingsOf('port');
  if (port === 0) return ok(`${flag} 0 takes a free port.`);
  const code = await tryListen(host, port);
  if (code === null) return ok(`${host}:${port} is free.`);
  if (code === 'EADDRINUSE') return warn(`Something listens on ${host}:${port}.`, `Unless that is visavis serve itself, stop it or choose another port with ${flag}.`);
  if (code === 'EACCES') return fail(`This user may not listen on port ${port}.`, `Choose a port above 1023 with ${flag}, and let a proxy listen on ${port}.`);
  return fail(`${host} is no address of this machine.`, 'Give one that is, such as 127.0.0.1, or 0.0.0.0 for all.');
}

function tryListen(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}
