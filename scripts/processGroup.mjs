import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const GRACE_MS = 5_000;
const KEPT_CHARACTERS = 8_000;

/**
 * Node programs that live and end together: each in a process group of its own, so that what they start ends with them.
 * @param {(name: string) => void} onExit when one of them ends, for whatever reason
 */
export function createProcessGroup(onExit) {
  /** @type {Set<{ name: string, child: import('node:child_process').ChildProcess, output: string }>} */
  const members = new Set();

  /**
   * @param {import('node:child_process').ChildProcess} child
   * @param {NodeJS.Signals} signal
   */
  function signalGroup({ pid }, signal) {
    if (pid === undefined) return;
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, signal);
    } catch (error) {
      // Gone already: what was asked for.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }

  return {
    /**
     * @param {string} name
     * @param {string} script
     * @param {readonly string[]} args
     * @param {Readonly<Record<string, string>>} [env]
     */
    start(name, script, args, env = {}) {
      const child = spawn(process.execPath, ['--import', new URL('exitWithParent.mjs', import.meta.url).href, script, ...args], {
        cwd: ROOT,
        env: { ...process.env, ...env },
        // The channel is a lifeline: it breaks when this process ends, even by SIGKILL.
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        detached: process.platform !== 'win32',
      });
      const member = { name, child, output: '' };
      members.add(member);
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
          member.output = (member.output + text).slice(-KEPT_CHARACTERS);
        });
      }
      child.once('close', () => {
        members.delete(member);
        if (child.exitCode !== 0 && child.signalCode === null) console.error(member.output.trim());
        // What it started may have outlived it.
        signalGroup(child, 'SIGKILL');
        onExit(name);
      });
    },

    /** @param {string} url */
    open(url) {
      const [command = '', ...args] =
        process.platform === 'darwin' ? ['open', url] : process.platform === 'win32' ? ['cmd', '/c', 'start', '""', url] : ['xdg-open', url];
      // Without a desktop there is nothing to open it with; the address is printed anyway.
      spawn(command, args, { stdio: 'ignore', detached: true }).on('error', () => undefined).unref();
    },

    showOutput() {
      for (const { name, output } of members) if (output.trim()) console.error(`${name}:\n${output.trim()}\n`);
    },

    /** Ends all of them, with force where they take longer than a few seconds. */
    async stop() {
      const ends = [...members].map(async ({ child }) => {
        const closed = once(child, 'close');
        signalGroup(child, 'SIGTERM');
        const force = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS);
        await closed;
        clearTimeout(force);
      });
      await Promise.all(ends);
    },
  };
}
