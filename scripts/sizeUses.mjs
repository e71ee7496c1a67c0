import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { bundleUse } from './bundleUse.mjs';

/**
 * @typedef {object} SizeUse
 * @property {string} name
 * @property {readonly string[]} first files that load at once
 * @property {readonly string[]} all files that can ever load
 * @property {number} limitBytes of what loads at once, gzip
 */

/** What applications write most, and the most that they may load for it before anything starts. */
const LINES = /** @type {const} */ ([
  ['visavis/client: createAvatarSession', "export { createAvatarSession } from 'visavis/client';", 15_000],
  ['visavis: Avatar', "export { Avatar } from 'visavis';", 25_000],
  ['visavis: AvatarProvider, StartButton', "export { AvatarProvider, StartButton } from 'visavis';", 17_500],
  ['visavis: AvatarError', "export { AvatarError } from 'visavis';", 2_000],
  ['visavis/query: avatarsQuery', "export { avatarsQuery } from 'visavis/query';", 5_000],
  ['visavis/agora: agoraChannel', "export { agoraChannel } from 'visavis/agora';", 9_000],
  ['visavis/labels/ar', "export * from 'visavis/labels/ar';", 7_000],
  // Everything that an entry has, used or not: nobody loads this, but what comes along with one name grows here first.
  ['visavis: every name', "export * from 'visavis';", 48_000],
  ['visavis/client: every name', "export * from 'visavis/client';", 80_000],
  ['visavis/agora: every name', "export * from 'visavis/agora';", 12_000],
  ['visavis/query: every name', "export * from 'visavis/query';", 6_000],
]);

/** What one hook may add to what a session loads anyway. */
const HOOK_BYTES = 8_000;

const FILES = /** @type {const} */ ([
  // The whole one is that of 34 components; a page with an avatar alone has one of its own.
  ['styles.css', 7_900],
  ['avatar.css', 6_000],
  ['worklets/mic-capture.js', 6_000],
  ['worklets/pcm-playback.js', 6_000],
  ['worklets/voice-socket.js', 6_000],
  // A Worker of its own, not a worklet: see docs/decisions/0022-first-load.md for what is in it.
  ['worklets/turn-detector.js', 18_000],
]);

/**
 * Bundles every use.
 * @returns {Promise<readonly SizeUse[]>}
 */
export async function sizeUses() {
  /** @type {SizeUse[]} */
  const uses = [];
  for (const [name, code, limitBytes] of LINES) uses.push({ name, limitBytes, ...(await bundleUse(name, code)) });
  const session = await bundleUse('session', LINES[0][1]);
  const hookLimitBytes = gzipBytes(session.first) + HOOK_BYTES;
  for (const hook of hooks()) {
    const name = `visavis: ${hook}, with a session`;
    const code = `export { createAvatarSession } from 'visavis/client'; export { ${hook} } from 'visavis';`;
    uses.push({ name, limitBytes: hookLimitBytes, ...(await bundleUse(name, code)) });
  }
  for (const [path, limitBytes] of FILES) uses.push({ name: `visavis/${path}`, limitBytes, first: [`dist/${path}`], all: [`dist/${path}`] });
  return uses;
}

/**
 * What files come to when each is compressed on its own, as a server does.
 * @param {readonly string[]} files
 */
export function gzipBytes(files) {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
}

/** Every hook that the React entry names. */
function hooks() {
  return [...readFileSync('dist/index.js', 'utf8').matchAll(/\b(use[A-Z]\w+)\b(?=[ ,}])/g)].map(([, name = '']) => name);
}
