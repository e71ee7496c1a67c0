import { parseArgs } from 'node:util';
import { startEmulator, type Emulator } from '../emulator/startEmulator.js';
import { AvatarError } from '../errors/AvatarError.js';

const HELP = `visavis emulator: plays the avatar vendors on this machine, so that everything runs without an account.

  --port N       port of control, discovery and rooms (default: a free one)
  --nodes N      streaming nodes, each for one session at a time (default 2)
  --host H       address to listen on (default 127.0.0.1)
  --api-key K    the vendor key that clients must show (default emulator-key)
  --json         print one line of JSON when ready, and nothing else
  --help         this text
`;

const EXIT_USAGE = 2;

interface Flags {
  readonly host?: string;
  readonly port?: number;
  readonly nodes?: number;
  readonly apiKey?: string;
  readonly json: boolean;
  readonly help: boolean;
}

/**
 * Runs `visavis emulator` until SIGINT or SIGTERM.
 *
 * @param argv - the arguments after the command's name.
 * @returns the exit code, once the emulator has stopped. The caller must exit the process with it: the WebRTC engine
 *   keeps the process alive by itself.
 */
export async function runEmulator(argv: string[]): Promise<number> {
  let flags: Flags;
  try {
    flags = readFlags(argv);
  } catch (error) {
    process.stderr.write(`visavis emulator: ${error instanceof Error ? error.message : 'bad arguments'} (see --help)\n`);
    return EXIT_USAGE;
  }
  if (flags.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { json, help: _help, ...options } = flags;
  let emulator: Emulator;
  const stopped = waitForSignal();
  try {
    emulator = await startEmulator({ ...options, ...(json ? {} : { log: (line) => process.stderr.write(`${line}\n`) }) });
  } catch (error) {
    stopped.cancel();
    process.stderr.write(`visavis emulator: ${error instanceof Error ? error.message : 'could not start'}\n`);
    return AvatarError.isInstance(error) && error.reason === 'invalid-options' ? EXIT_USAGE : 1;
  }
  const { close: _close, ...info } = emulator;
  for (const peer of missingPeers()) {
    process.stderr.write(`visavis emulator: ${peer} is not installed, so no face will be seen. Install it: npm install --save-dev ${peer}\n`);
  }
  process.stdout.write(json ? `${JSON.stringify({ ready: true, ...info })}\n` : summary(emulator));
  await stopped.signal;
  await emulator.close();
  return 0;
}

/** The optional packages without which an avatar cannot appear; said at the start, not at the first session. */
function missingPeers(): string[] {
  return ['@roamhq/wrtc', '@napi-rs/canvas'].filter((name) => {
    try {
      import.meta.resolve(name);
      return false;
    } catch {
      return true;
    }
  });
}

function readFlags(argv: string[]): Flags {
  const { values } = parseArgs({
    args: argv,
    allowPositionals: false,
    options: {
      port: { type: 'string' },
      nodes: { type: 'string' },
      host: { type: 'string' },
      'api-key': { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    json: values.json,
    help: values.help,
    ...(values.port === undefined ? {} : { port: readNumber('--port', values.port, 0, 65_535) }),
    ...(values.nodes === undefined ? {} : { nodes: readNumber('--nodes', values.nodes, 1, 64) }),
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(values['api-key'] === undefined ? {} : { apiKey: values['api-key'] }),
  };
}

function readNumber(flag: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) throw new Error(`${flag} must be a whole number from ${min} to ${max}, not "${text}"`);
  return value;
}

function waitForSignal(): { readonly signal: Promise<void>; cancel(): void } {
  let stop = (): void => undefined;
  const signal = new Promise<void>((resolve) => (stop = resolve));
  const onSignal = () => {
    cancel();
    stop();
  };
  // A second signal finds no listener and ends the process at once.
  const cancel = () => {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return { signal, cancel };
}

function summary({ url, discoveryUrl, channelUrl, apiKey }: Emulator): string {
  return `The emulator is ready. Stop it with Ctrl-C.

  control    ${url}
  discovery  ${discoveryUrl}
  channel    ${channelUrl}
  api key    ${apiKey}
`;
}
