import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ensureChromium } from './ensureChromium.mjs';
import { findFirefox } from './findFirefox.mjs';
import { findProgram } from './findProgram.mjs';
import { SYSTEM_PYTHON } from './engines/launchWebKit.mjs';
import { run } from './run.mjs';

/** Which Debian package brings what, and how to see whether it is there. */
const NEEDS = [
  { packages: ['firefox-esr'], name: 'Firefox', isThere: async () => findFirefox() !== undefined },
  { packages: ['pulseaudio', 'pulseaudio-utils'], name: 'PulseAudio with pactl, paplay and parec', isThere: async () => ['pulseaudio', 'pactl', 'paplay', 'parec'].every(isInstalled) },
  { packages: ['xvfb'], name: 'Xvfb', isThere: async () => isInstalled('Xvfb') },
  {
    packages: ['python3-gi', 'gir1.2-webkit2-4.1', 'gstreamer1.0-plugins-good', 'gstreamer1.0-pulseaudio'],
    name: 'WebKitGTK 4.1 with its Python bindings and GStreamer for PulseAudio',
    isThere: async () => existsSync(SYSTEM_PYTHON) && (await run(SYSTEM_PYTHON, ['-c', BINDINGS])).exitCode === 0,
  },
];

/** Without a display the bindings cannot be used, but found; the plugins lie where every Debian keeps them. */
const BINDINGS = `
import gi, glob
gi.require_version("WebKit2", "4.1")
assert all(glob.glob(f"/usr/lib/*/gstreamer-1.0/libgst{name}.so") for name in ("pulseaudio", "autodetect"))
`;

/** @param {string} name */
function isInstalled(name) {
  return findProgram({ variable: `${name.toUpperCase()}_PATH`, folder: '/usr/bin', names: [name] }) !== undefined;
}

async function findMissing() {
  const missing = [];
  for (const need of NEEDS) if (!(await need.isThere())) missing.push(need);
  return missing;
}

/**
 * Finds all that the tests in Chromium, Firefox and WebKitGTK need. On Debian, as root, installs what is missing.
 * @returns {Promise<void>}
 */
export async function ensureEngines() {
  await ensureChromium();
  let missing = await findMissing();
  const aptGet = '/usr/bin/apt-get';
  if (missing.length > 0 && process.getuid?.() === 0 && existsSync(aptGet)) {
    const packages = missing.flatMap((need) => need.packages);
    console.log(`Installing ${packages.join(', ')} with apt-get (about a minute) ...`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    // An outdated list may still do; a missing package is what counts.
    await run(aptGet, ['update', '-qq'], { env });
    const { exitCode, output } = await run(aptGet, ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
    if (exitCode !== 0) console.error(output.trim().split('\n').slice(-10).join('\n'));
    missing = await findMissing();
  }
  if (missing.length === 0) return;
  const list = missing.map(({ name, packages }) => `  ${name} (Debian: ${packages.join(' ')})`).join('\n');
  throw new Error(
    `The tests in three browser engines need what this machine lacks:\n${list}\n` +
      (process.platform === 'linux'
        ? 'Install it, or run this as root on Debian, where it installs itself. FIREFOX_PATH may name another Firefox.'
        : 'They run on Linux only: WebKitGTK, Xvfb and PulseAudio are parts of it. "npm test" covers Chromium on every system.'),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await ensureEngines();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
