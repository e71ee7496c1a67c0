import { spawn } from 'node:child_process';

const RATE_HZ = 16_000;
const WINDOW_SAMPLES = RATE_HZ / 10;

/**
 * @typedef {object} Loudspeaker
 * @property {() => number} level RMS of the latest 100 ms that were played, 0 to 1; 0 before the first.
 * @property {() => Promise<void>} stop
 */

/**
 * Hears what a sound server plays.
 * @param {string} source name of the loudspeaker's monitor
 * @param {NodeJS.ProcessEnv} env names the server
 * @returns {Loudspeaker}
 */
export function listenTo(source, env) {
  const recorder = spawn('parec', [`--device=${source}`, '--format=s16le', `--rate=${RATE_HZ}`, '--channels=1', '--latency-msec=50'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => {
    recorder.once('close', resolve);
    recorder.once('error', resolve);
  });
  /** Bytes of the window that is not full yet. */
  let rest = Buffer.alloc(0);
  let level = 0;
  recorder.stdout.on('data', (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (; rest.length >= 2 * WINDOW_SAMPLES; rest = rest.subarray(2 * WINDOW_SAMPLES)) {
      let energy = 0;
      for (let i = 0; i < WINDOW_SAMPLES; i++) energy += (rest.readInt16LE(2 * i) / 32_768) ** 2;
      level = Math.sqrt(energy / WINDOW_SAMPLES);
    }
  });
  return {
    level: () => level,
    async stop() {
      recorder.kill();
      await ended;
    },
  };
}
