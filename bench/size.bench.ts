import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { transform } from 'esbuild';
import type { Bench } from '../scripts/Bench.js';
import { bundleUse } from '../scripts/bundleUse.mjs';
import { ensurePeers, PEERS } from '../scripts/ensurePeers.mjs';
import { gzipBytes } from '../scripts/sizeUses.mjs';
import { timeContenders } from '../scripts/timeContenders.js';

/** What a page imports to offer a conversation, as each package's own start page has it. */
const USES = {
  '@heygen/liveavatar-web-sdk': "export { LiveAvatarSession } from '@heygen/liveavatar-web-sdk';",
  '@heygen/streaming-avatar': "export { default } from '@heygen/streaming-avatar';",
  '@elevenlabs/react': "export { ConversationProvider, useConversation } from '@elevenlabs/react';",
  '@livekit/components-react': "export { LiveKitRoom, VideoConference } from '@livekit/components-react';",
  '@anam-ai/js-sdk': "export { createClient } from '@anam-ai/js-sdk';",
  '@pipecat-ai/client-react':
    "export { PipecatClient } from '@pipecat-ai/client-js'; export { PipecatClientProvider, PipecatClientVideo, usePipecatClient } from '@pipecat-ai/client-react'; export { SmallWebRTCTransport } from '@pipecat-ai/small-webrtc-transport';",
} as const;

/** Ours, with a face and without React. */
const OURS = { Avatar: "export { Avatar } from 'visavis';", createAvatarSession: "export { createAvatarSession } from 'visavis/client';" } as const;
/** Those are headless, and are held against our headless client. */
const HEADLESS: readonly string[] = ['@heygen/liveavatar-web-sdk', '@heygen/streaming-avatar', '@anam-ai/js-sdk'];

/** V8 remembers what it has compiled: each round has to look new to it. */
let round = 0;

export default {
  title: 'What a page loads and V8 compiles before anybody starts a conversation; React is not in it',
  async *run() {
    const folder = await ensurePeers();
    const sdkBytes = gzipBytes(['node_modules/agora-rtc-react/dist/agora-rtc-react.mjs']);
    const ours = { Avatar: await load('bench-avatar', OURS.Avatar), createAvatarSession: await load('bench-session', OURS.createAvatarSession) };
    for (const [peer, code] of Object.entries(USES)) {
      const [, version] = Object.entries(PEERS).find(([installed]) => installed === peer) ?? [];
      const name = HEADLESS.includes(peer) ? 'createAvatarSession' : 'Avatar';
      const mine = ours[name];
      const theirs = await load(`bench-${peer}`, code, folder);
      yield { case: `${name} beside ${peer} ${version}: first load`, ours: mine.firstBytes / 1000, peer: theirs.firstBytes / 1000, unit: 'kB gzip' };
      yield { case: `${name} beside ${peer} ${version}: all that can load`, ours: (mine.everBytes + sdkBytes) / 1000, peer: theirs.everBytes / 1000, unit: 'kB gzip', note: `ours with ${Math.round(sdkBytes / 1000)} kB of the Agora SDK, which loads when a session joins one of its rooms` };
      const timesMs = await timeContenders({ ours: () => compile(mine.scripts), theirs: () => compile(theirs.scripts) });
      yield { case: `${name} beside ${peer} ${version}: compile the first load`, ours: timesMs.ours, peer: timesMs.theirs, unit: 'ms' };
    }
  },
} satisfies Bench;

interface Loaded {
  readonly firstBytes: number;
  readonly everBytes: number;
  /** The first load as scripts: a module cannot be compiled alone. */
  readonly scripts: readonly string[];
}

async function load(name: string, code: string, folder?: string): Promise<Loaded> {
  const { first, all } = await bundleUse(name, code, folder);
  const scripts = await Promise.all(first.map(async (file) => (await transform(readFileSync(file, 'utf8'), { format: 'cjs', minify: true, target: 'es2022' })).code));
  return { firstBytes: gzipBytes(first), everBytes: gzipBytes(all), scripts };
}

function compile(scripts: readonly string[]): void {
  round++;
  for (const script of scripts) new Script(`${script}\n//${round}`, { produceCachedData: true });
}
