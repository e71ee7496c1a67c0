import { isDeepStrictEqual } from 'node:util';
import { inspectClientMessage } from '../../../src/server/relay/inspectClientMessage.js';
import { isPlainAudio } from '../../../src/server/relay/isPlainAudio.js';
import { applyMask } from '../../../src/server/relay/websocket/applyMask.js';
import { expectThat, type FuzzTarget } from '../FuzzTarget.js';
import type { Random } from '../mutators/createRandom.js';
import { mutateBytes } from '../mutators/mutateBytes.js';
import { mutateJson } from '../mutators/mutateJson.js';
import { oddText } from '../mutators/oddText.js';

const AGORA = { appid: 'app', channel_id: 'channel', token: 'token', uid: '1' };
const SEEDS = ['{"v":2,"type":"chat","mid":"audio-1-2","pld":{"audio":"QUJDREVGR0hJSktMTU5PUA=="}}', '{"v":2,"type":"chat","mid":"a","pld":{"audio":""}}'];
const BYTES = SEEDS.map((seed) => Buffer.from(seed));

/** The relay's short way for audio: what it says yes to must mean just what the long way would have written. */
export const plainAudio: FuzzTarget = {
  share: 14,
  fuzz(random) {
    const payload = Buffer.from(random.chance(0.6) ? mutateBytes(random, BYTES) : random.chance(0.5) ? mutateJson(random, SEEDS) : `{"v":2,"type":"chat","mid":"${oddText(random)}","pld":{"audio":"${oddText(random)}"}}`);
    if (!isPassed(random, payload)) return { input: payload.length, output: 0 };
    const text = payload.toString();
    const inspected = inspectClientMessage(text, AGORA);
    expectThat(inspected.ok && inspected.kind === 'audio' && inspected.answer === null && inspected.leaveMid === null, 'What is passed on is no audio', payload);
    const message = JSON.parse(text) as { v: number; type: string; mid: string; pld: { audio: string } };
    expectThat(JSON.stringify({ v: 2, type: 'chat', mid: message.mid, pld: { audio: message.pld.audio } }) === text, 'What is passed on says more than audio', payload);
    expectThat(/^[\w-]{1,128}$/.test(message.mid) && inspected.ok && isDeepStrictEqual(JSON.parse(inspected.text), message), 'What is passed on is not what would have been written', payload);
    return { input: payload.length, output: text.length };
  },
};

/** As it lies in what was read: at any place, under any mask. */
function isPassed(random: Random, payload: Buffer): boolean {
  const place = random.below(9);
  const key = random.bytes(4);
  const bytes = Buffer.concat([Buffer.alloc(place), key, applyMask(Buffer.from(payload), key)]);
  return isPlainAudio({ opcode: 1, isFinal: true, isMasked: true, bytes, start: place, payloadStart: place + 4, end: bytes.length });
}
