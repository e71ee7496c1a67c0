import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createDisplay } from './createDisplay.mjs';

const HOST = fileURLToPath(new URL('webkitHost.py', import.meta.url));
/** Not `load`, which can wait for a stream that is to come. */
const PARSED = "document.readyState !== 'loading' || new Promise((resolve) => addEventListener('DOMContentLoaded', () => resolve(true)))";
/** Not the first of PATH: only Debian's own sees Debian's bindings of GTK. */
export const SYSTEM_PYTHON = '/usr/bin/python3';

/**
 * Starts WebKitGTK in a window that nobody sees.
 * @param {import('./EngineBrowser.js').EngineOptions} options
 * @returns {Promise<import('./EngineBrowser.js').EngineBrowser>}
 */
export async function launchWebKit({ soundServer, denyMicrophone = false, strictAutoplay = false }) {
  const display = await createDisplay();
  const host = spawn(SYSTEM_PYTHON, [HOST], {
    env: {
      ...process.env,
      DISPLAY: display.name,
      GDK_BACKEND: 'x11',
      PULSE_SERVER: soundServer,
      // Neither is there a session bus to tell screen readers, nor a sandbox for root.
      NO_AT_BRIDGE: '1',
      ...(process.getuid?.() === 0 && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }),
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  /** @type {Map<number, { resolve: (result: unknown) => void, reject: (error: Error) => void }>} */
  const asked = new Map();
  /** @type {Map<number, import('./EngineBrowser.js').PageWatcher>} */
  const watchers = new Map();
  let nextId = 1;
  let lastWords = '';

  /**
   * @param {string} method
   * @param {Readonly<Record<string, unknown>>} [details]
   * @returns {Promise<any>} what the host answers, whose shape the method tells
   */
  function ask(method, details = {}) {
    return new Promise((resolve, reject) => {
      const id = nextId++;
      asked.set(id, { resolve, reject });
      host.stdin.write(`${JSON.stringify({ id, method, ...details })}\n`);
    });
  }

  /** @param {string} line */
  function onLine(line) {
    const { id, result, error, page, problem } = JSON.parse(line);
    if (problem !== undefined) return watchers.get(page)?.onProblem?.(problem);
    const waiting = asked.get(id);
    asked.delete(id);
    if (error) waiting?.reject(new Error(error));
    else waiting?.resolve(result);
  }

  const ended = new Promise((resolve) => {
    /** @param {string} why */
    const end = (why) => {
      for (const { reject } of asked.values()) reject(new Error(`The WebKit host has ended: ${why}`));
      asked.clear();
      resolve(undefined);
    };
    host.once('error', ({ message }) => end(message));
    host.once('close', () => end(lastWords.trim() || 'without a word'));
  });
  host.stdin.on('error', () => undefined); // what was asked is answered by its end
  host.stderr.setEncoding('utf8').on('data', (text) => {
    lastWords = (lastWords + text).slice(-2000);
  });
  createInterface(host.stdout).on('line', onLine);

  async function close() {
    host.stdin.end();
    await ended;
    await display.close();
  }

  try {
    const { version } = await ask('version');
    return {
      name: 'webkit',
      version,
      async open(url, watcher = {}) {
        const { page } = await ask('open', { url, options: { denyMicrophone, strictAutoplay } });
        watchers.set(page, watcher);
        await ask('evaluate', { page, source: PARSED });
        return {
          evaluate: (source) => ask('evaluate', { page, source }),
          press: (x, y) => ask('press', { page, x, y }),
          close: async () => void (await ask('close', { page })),
        };
      },
      close,
    };
  } catch (error) {
    host.kill();
    await close();
    throw error;
  }
}
