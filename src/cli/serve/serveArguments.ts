import { parseArgs } from 'node:util';
import { readListFlag, readNumberFlag } from '../readFlag.js';

/** How much is logged. */
export type LogLevel = 'info' | 'warn' | 'error';

export interface ServeArguments {
  readonly port: number;
  readonly host: string;
  /** Leading slash, no trailing one; empty for the root. */
  readonly base: string;
  readonly origins: readonly string[];
  readonly authorizePath: string | null;
  readonly avatarId: string | null;
  /** Null for the default of each vendor. */
  readonly allowedHosts: readonly string[] | null;
  readonly relayUrl: string | null;
  readonly emulatorUrl: string | null;
  readonly maxConnections: number;
  readonly drainSeconds: number;
  readonly unreadySeconds: number;
  /** Null for none. */
  readonly metricsPort: number | null;
  readonly metricsHost: string;
  readonly logLevel: LogLevel;
  readonly isJson: boolean;
  readonly wantsHelp: boolean;
}

const LOG_LEVELS: readonly LogLevel[] = ['info', 'warn', 'error'];
const MAX_PORT = 65_535;
const MAX_STOP_SECONDS = 3_600;

/** Where a development server usually is; used with an emulator when no `--origin` is given. */
const DEVELOPMENT_ORIGINS = [3000, 5173, 6006].flatMap((port) => [`http://localhost:${port}`, `http://127.0.0.1:${port}`]);

/** What `serve` and `doctor` are told alike. */
export const SERVE_FLAGS = {
  port: { type: 'string', default: '7310' },
  host: { type: 'string', default: '127.0.0.1' },
  base: { type: 'string', default: '/api/avatar' },
  origin: { type: 'string', multiple: true },
  authorize: { type: 'string' },
  avatar: { type: 'string' },
  'allowed-hosts': { type: 'string', multiple: true },
  'relay-url': { type: 'string' },
  emulator: { type: 'string' },
  'max-connections': { type: 'string', default: '1000' },
  'drain-seconds': { type: 'string', default: '25' },
  'unready-seconds': { type: 'string', default: '0' },
  'metrics-port': { type: 'string' },
  'metrics-host': { type: 'string', default: '127.0.0.1' },
  'log-level': { type: 'string', default: 'info' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** `localhost:7300` is a URL as well, of the protocol `localhost:`. */
function isHttpUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

/** @throws Error with one line that says which argument is wrong. */
export function parseServeArguments(argv: readonly string[]): ServeArguments {
  const { values } = parseArgs({ args: [...argv], options: SERVE_FLAGS });
  if (values.emulator !== undefined && !isHttpUrl(values.emulator)) throw new Error('--emulator must be a URL such as http://127.0.0.1:7300.');
  const logLevel = LOG_LEVELS.find((level) => level === values['log-level']);
  if (logLevel === undefined) throw new Error(`--log-level must be ${LOG_LEVELS.join(', ')}.`);
  const drainSeconds = readNumberFlag('--drain-seconds', values['drain-seconds'], 0, MAX_STOP_SECONDS);
  const unreadySeconds = readNumberFlag('--unready-seconds', values['unready-seconds'], 0, MAX_STOP_SECONDS);
  if (unreadySeconds > drainSeconds) throw new Error('--unready-seconds is part of --drain-seconds and cannot be more.');
  return {
    port: readNumberFlag('--port', values.port, 0, MAX_PORT),
    host: values.host,
    base: `/${values.base.replace(/^\/+|\/+$/g, '')}`.replace(/^\/$/, ''),
    origins: values.origin ?? (values.emulator === undefined ? [] : DEVELOPMENT_ORIGINS),
    authorizePath: values.authorize ?? null,
    avatarId: values.avatar ?? null,
    allowedHosts: readListFlag('--allowed-hosts', values['allowed-hosts']),
    relayUrl: values['relay-url'] ?? null,
    emulatorUrl: values.emulator ?? null,
    maxConnections: readNumberFlag('--max-connections', values['max-connections'], 1, 1_000_000),
    drainSeconds,
    unreadySeconds,
    metricsPort: values['metrics-port'] === undefined ? null : readNumberFlag('--metrics-port', values['metrics-port'], 0, MAX_PORT),
    metricsHost: values['metrics-host'],
    logLevel,
    isJson: values.json,
    wantsHelp: values.help,
  };
}
