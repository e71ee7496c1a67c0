import { setTimeout as delay } from 'node:timers/promises';
import { createAvatarHandler, createPrometheusMetrics, createRelay, toNodeListener, type ServerLogEntry } from '../server.js';
import { authorityOf, listen } from './listen.js';
import { loadAuthorize } from './loadAuthorize.js';
import { createFront } from './serve/createFront.js';
import { createJsonLog } from './serve/createJsonLog.js';
import { createLogSink } from './serve/createLogSink.js';
import { drain } from './serve/drain.js';
import { oncePer } from './serve/oncePer.js';
import { openLedger } from './serve/openLedger.js';
import { parseServeArguments, type ServeArguments } from './serve/serveArguments.js';
import { SERVE_HELP } from './serve/serveHelp.js';
import { serveOptions } from './serve/serveOptions.js';
import { startMetricsServer } from './serve/startMetricsServer.js';
import { untilSignal } from './serve/untilSignal.js';

/**
 * `visavis serve`: runs until SIGINT or SIGTERM.
 *
 * @returns the exit code: 0 after a stop, 1 when it could not start, 2 for wrong arguments.
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
  // To stderr, so that stdout holds the ready line alone.
  const log = createJsonLog(args.logLevel, createLogSink(process.stderr, gapLine));
  /** What was opened, to be closed the other way round. */
  const opened: (() => Promise<void>)[] = [];
  try {
    return await serve(args, log, opened);
  } catch (error) {
    return fail(error, 1);
  } finally {
    for (const close of opened.reverse()) await close();
  }
}

async function serve(args: ServeArguments, log: (entry: ServerLogEntry) => void, opened: (() => Promise<void>)[]): Promise<number> {
  const operatorToken = process.env['VISAVIS_OPERATOR_TOKEN'] || null;
  const metrics = args.metricsPort === null && operatorToken === null ? null : await createPrometheusMetrics({ processMetrics: true });
  const { ledger, close: closeLedger } = await openLedger(process.env, log);
  opened.push(closeLedger);
  const authorize = args.authorizePath === null ? null : await loadAuthorize(args.authorizePath);
  const options = await serveOptions(args, process.env, { ledger, log, metrics, authorize });
  const relay = createRelay(options);
  const handler = createAvatarHandler(options);
  const front = createFront({
    base: args.base,
    listener: toNodeListener(handler),
    relay,
    maxConnections: args.maxConnections,
    onDrop: oncePer(10_000, () => log({ level: 'warn', event: 'connection-drop', message: 'Connections were not taken: there are too many. See --max-connections.', context: {} })),
  });
  const metricsServer =
    metrics === null || args.metricsPort === null ? null : await startMetricsServer({ metrics, host: args.metricsHost, port: args.metricsPort, token: operatorToken });
  if (metricsServer !== null) opened.push(metricsServer.close);
  const port = await listen(front.server, args.port, args.host, '--port');
  const url = `http://${authorityOf(args.host, port)}${args.base}`;
  const stopped = untilSignal();
  process.stdout.write(args.isJson ? `${JSON.stringify({ ready: true, url, ...(metricsServer ? { metricsUrl: metricsServer.url } : {}) })}\n` : `visavis server is ready: ${url}/session\n`);
  log({ level: 'info', event: 'server-start', message: 'The server is ready.', context: { url, sharesLedger: ledger.shared } });
  // A request wakes the sweeper: what another instance left open at a vendor is paid for until somebody looks.
  if (ledger.shared) await handler(new Request(`${url}/health`));

  const signal = await stopped;
  log({ level: 'info', event: 'server-drain', message: 'The server stops. Its pages are told to connect again.', context: { signal, connections: relay.connections } });
  const isComplete = await drain({ front, handler, relay, untilNoticed: () => delay(args.unreadySeconds * 1_000), limitMs: args.drainSeconds * 1_000 });
  const message = isComplete ? 'The server has stopped.' : 'The server was stopped before all was done: --drain-seconds was too short.';
  log({ level: isComplete ? 'info' : 'warn', event: 'server-stop', message, context: { complete: isComplete } });
  return 0;
}

function gapLine(lostLines: number): string {
  let text = '';
  createJsonLog('info', (line) => (text = line))({ level: 'warn', event: 'log-gap', message: 'Lines of this log could not be written: its disk was full, or nobody read it.', context: { lostLines } });
  return text;
}

function fail(error: unknown, exitCode: number): number {
  process.stderr.write(`visavis serve: ${error instanceof Error ? error.message.split('\n')[0] : 'failed'}\n`);
  return exitCode;
}
