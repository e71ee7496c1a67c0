import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureBuild } from './ensureBuild.mjs';
import { freePort } from './freePort.mjs';
import { firstStoryUrl, waitForAnswer } from './playgroundUrl.mjs';
import { createProcessGroup } from './processGroup.mjs';

const HELP = `Starts the playground: the emulator, the companion server and Storybook. Prints one address when all three answer.

  npm start                    and opens the browser
  npm start -- --ci            without opening it
  npm start -- --port 6006     Storybook's port; also --server-port and --emulator-port. A taken default gives way to a free port.`;

const HOST = '127.0.0.1';
const START_LIMIT_MS = 120_000;

async function main() {
  const { values } = parseArgs({
    options: {
      ci: { type: 'boolean', default: Boolean(process.env['CI']) || !process.stdout.isTTY },
      help: { type: 'boolean', short: 'h', default: false },
      port: { type: 'string' },
      'server-port': { type: 'string' },
      'emulator-port': { type: 'string' },
    },
  });
  if (values.help) return console.log(HELP);

  const stop = new AbortController();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => stop.abort());
  }
  const group = createProcessGroup((name) => {
    if (stop.signal.aborted) return;
    console.error(`${name} stopped; its last words are above. Stopping the rest.`);
    process.exitCode = 1;
    stop.abort();
  });

  try {
    await ensureBuild(stop.signal);
    const [emulatorPort, serverPort, storybookPort] = [
      await freePort(7300, values['emulator-port'], HOST),
      await freePort(7310, values['server-port'], HOST),
      await freePort(6006, values.port, HOST),
    ];
    const emulatorUrl = `http://${HOST}:${emulatorPort}`;
    const avatarUrl = `http://${HOST}:${serverPort}/api/avatar`;
    const storybookUrl = `http://${HOST}:${storybookPort}`;
    const limit = AbortSignal.any([stop.signal, AbortSignal.timeout(START_LIMIT_MS)]);
    console.log('Starting the emulator, the server and Storybook ...');

    // Storybook takes the longest and needs the others only once a story runs.
    const storybook = ['dev', '--ci', '--exact-port', '--host', HOST, '--port', String(storybookPort)];
    group.start('Storybook', storybookBin(), [...storybook, '--disable-telemetry', '--no-version-updates', '--loglevel', 'warn'], {
      STORYBOOK_AVATAR_URL: avatarUrl,
      STORYBOOK_EMULATOR_URL: emulatorUrl,
    });
    group.start('The emulator', 'dist/cli.js', ['emulator', '--host', HOST, '--port', String(emulatorPort), '--json']);
    await waitForAnswer(`${emulatorUrl}/_emulator/sessions`, limit);
    const origins = [storybookUrl, `http://localhost:${storybookPort}`].flatMap((origin) => ['--origin', origin]);
    group.start('The server', 'dist/cli.js', ['serve', '--host', HOST, '--port', String(serverPort), '--emulator', emulatorUrl, ...origins]);
    await waitForAnswer(`${avatarUrl}/health`, limit);
    const url = await firstStoryUrl(storybookUrl, limit);

    console.log(`\n  Talk to the avatar:  ${url}\n\n  Ctrl-C stops everything.`);
    if (!values.ci) group.open(url);
    await new Promise((resolve) => (stop.signal.aborted ? resolve(null) : stop.signal.addEventListener('abort', resolve)));
  } catch (error) {
    if (!stop.signal.aborted) {
      group.showOutput();
      console.error(error instanceof Error && error.name !== 'TimeoutError' ? error.message : `The playground did not answer within ${START_LIMIT_MS / 1000} s.`);
      process.exitCode = 1;
    }
  } finally {
    await group.stop();
  }
}

function storybookBin() {
  const bin = 'node_modules/storybook/dist/bin/dispatcher.js';
  if (!existsSync(bin)) throw new Error('Storybook is not installed. Run "npm ci" first.');
  return bin;
}

await main();
