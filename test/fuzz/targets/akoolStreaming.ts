import { parseServerMessage } from '../../../src/services/akool-streaming/parseServerMessage.js';
import { expectThat, orRefusal, type FuzzTarget } from '../FuzzTarget.js';
import { mutateBytes } from '../mutators/mutateBytes.js';
import { mutateJson } from '../mutators/mutateJson.js';

const SEEDS = [
  '{"v":2,"type":"system","mid":"m-1","pld":{"status":"connected","channel_id":"room"}}',
  '{"v":2,"type":"ack","mid":"m-2","pld":{"original_mid":"cmd-1","status":"success","message":"fine"}}',
  '{"v":2,"type":"pong","mid":"m-3","pld":{}}',
  '{"v":2,"type":"error","mid":"m-4","pld":{"error_code":4003,"error_message":"occupied"}}',
];
const BYTES = SEEDS.map((seed) => new TextEncoder().encode(seed));

/** What an avatar node sends to the page. */
export const akoolStreaming: FuzzTarget = {
  share: 12,
  fuzz(random) {
    const data = random.chance(0.8) ? mutateJson(random, SEEDS) : mutateBytes(random, BYTES).buffer;
    const parsed = orRefusal(['message-invalid'], data, () => parseServerMessage(data));
    const known = parsed?.known;
    if (known) {
      expectThat(['system', 'ack', 'pong', 'error'].includes(known.type) && typeof known.mid === 'string', 'A message is known that is none', data);
      if (known.type === 'error') expectThat(known.pld.error_code === undefined || Number.isFinite(known.pld.error_code), 'The code is no number', data);
    }
    return { input: typeof data === 'string' ? data.length : data.byteLength, output: known ? JSON.stringify(known).length : 0 };
  },
};
