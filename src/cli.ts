#!/usr/bin/env node
import { printHelp } from './cli/printHelp.js';
import { readVersion } from './cli/readVersion.js';

const [command, ...argv] = process.argv.slice(2);
// Not by running out of work: the WebRTC engine keeps a process alive, and crashes it when it is torn down with the rest.
process.exit(await run());

/** Runs one command and answers the exit code: 0 done, 1 failed, 2 called wrongly. */
async function run(): Promise<number> {
  switch (command) {
    case 'emulator':
      return (await import('./cli/runEmulator.js')).runEmulator(argv);
    case 'serve':
      return (await import('./cli/runServe.js')).runServe(argv);
    case 'doctor':
      return (await import('./cli/runDoctor.js')).runDoctor(argv);
    case '--version':
    case '-v':
      process.stdout.write(`${await readVersion()}\n`);
      return 0;
    case undefined:
    case '--help':
    case '-h':
      printHelp();
      return command === undefined ? 2 : 0;
    default:
      process.stderr.write(`visavis: there is no command ${JSON.stringify(command)}. Try visavis --help.\n`);
      return 2;
  }
}
