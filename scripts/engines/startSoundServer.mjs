import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { run } from '../run.mjs';
import { listenTo } from './listenTo.mjs';

const RATE_HZ = 48_000;
const START_LIMIT_MS = 20_000;

/** @typedef {import('./listenTo.mjs').Loudspeaker} Loudspeaker */

/**
 * @typedef {object} SoundServer
 * @property {string} server For PULSE_SERVER.
 * @property {(file: string | null) => void} setSpeech The WAV file that is heard from now on whenever a microphone is opened, once each time.
 * @property {() => Loudspeaker} listen Hears the loudspeaker from now on.
 * @property {() => Promise<void>} stop
 */

/**
 * A PulseAudio of its own, without any hardware: a loudspeaker that nobody hears, and a microphone that hears the chosen file from when
 * it is opened. No page hears the loudspeaker. It touches no other sound server of this machine.
 * @returns {Promise<SoundServer>}
 */
export async function startSoundServer() {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-sound-'));
  const server = `unix:${join(folder, 'native')}`;
  const env = { PULSE_SERVER: server, PULSE_RUNTIME_PATH: folder, XDG_RUNTIME_DIR: folder, HOME: folder };
  const daemon = spawn('pulseaudio', [
    ...['-n', '--daemonize=no', '--use-pid-file=no', '--exit-idle-time=-1', '--disable-shm=yes', '--log-level=error'],
    ...['-L', `module-null-sink sink_name=speakers rate=${RATE_HZ}`],
    ...['-L', `module-null-sink sink_name=speech rate=${RATE_HZ} channels=1`],
    // Browsers offer no monitor of a loudspeaker as a microphone.
    ...['-L', 'module-remap-source source_name=microphone master=speech.monitor source_properties=device.description=Microphone'],
    ...['-L', 'module-remap-source source_name=other master=speech.monitor source_properties=device.description=Other'],
    ...['-L', `module-native-protocol-unix auth-anonymous=1 socket=${join(folder, 'native')}`],
  ], { env: { ...process.env, ...env }, stdio: 'ignore' });
  const daemonEnded = new Promise((resolve) => {
    daemon.once('exit', resolve);
    daemon.once('error', resolve);
  });
  /** @param {string[]} args */
  const control = (...args) => run('pactl', args, { env });

  /** @type {string | null} */
  let speech = null;
  /** @type {Map<string, import('node:child_process').ChildProcess>} */
  const players = new Map();

  /** @param {string} microphone */
  function play(microphone) {
    if (!speech) return;
    const player = spawn('paplay', ['--device=speech', speech], { env: { ...process.env, ...env }, stdio: 'ignore' });
    player.on('error', () => undefined);
    players.set(microphone, player);
  }

  const deadlineMs = performance.now() + START_LIMIT_MS;
  while ((await control('set-default-source', 'microphone')).exitCode !== 0) {
    if (daemon.exitCode !== null || performance.now() > deadlineMs) throw new Error('PulseAudio did not start.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await control('set-default-sink', 'speakers');

  const watcher = spawn('pactl', ['subscribe'], { env: { ...process.env, ...env, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'ignore'] });
  createInterface(watcher.stdout).on('line', (line) => {
    const [, event, microphone = ''] = /^Event '(new|remove)' on source-output #(\d+)/.exec(line) ?? [];
    if (event === 'new') play(microphone);
    if (event === 'remove') players.get(microphone)?.kill();
  });

  /** @type {Set<Loudspeaker>} */
  const listening = new Set();

  return {
    server,
    listen() {
      const loudspeaker = listenTo('speakers.monitor', { ...process.env, ...env });
      listening.add(loudspeaker);
      return loudspeaker;
    },
    setSpeech(file) {
      speech = file;
    },
    async stop() {
      for (const player of players.values()) player.kill();
      await Promise.all([...listening].map((loudspeaker) => loudspeaker.stop()));
      const watcherEnded = once(watcher, 'exit');
      watcher.kill();
      daemon.kill();
      await Promise.all([watcherEnded, daemonEnded]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
