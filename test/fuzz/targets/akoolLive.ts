import { createFuzzClock } from '../createFuzzClock.js';
import { checkPayload } from '../../../src/services/akool-live/checkPayload.js';
import { createReassembler } from '../../../src/services/akool-live/createReassembler.js';
import { encodeChat } from '../../../src/services/akool-live/encodeChat.js';
import { parseLiveMessage } from '../../../src/services/akool-live/parseLiveMessage.js';
import { expectThat, orRefusal, type FuzzTarget } from '../FuzzTarget.js';
import { mutateBytes } from '../mutators/mutateBytes.js';
import { mutateJson } from '../mutators/mutateJson.js';
import { oddText } from '../mutators/oddText.js';

const SEEDS = [
  '{"v":2,"type":"chat","mid":"m-1","idx":0,"fin":false,"pld":{"from":"bot","text":"Good "}}',
  '{"v":2,"type":"chat","mid":"m-1","idx":1,"fin":true,"pld":{"from":"bot","text":"day."}}',
  '{"v":2,"type":"chat","mid":"m-2","idx":0,"fin":true,"pld":{"from":"user","text":"Hello"}}',
  '{"v":2,"type":"command","mid":"m-3","pld":{"cmd":"set-params","code":1000,"msg":"OK"}}',
  '{"v":2,"type":"event","pld":{"event":"audio_start"}}',
];
const BYTES = SEEDS.map((seed) => new TextEncoder().encode(seed));

/** Data messages of a hosted avatar, put together, and the page's own cut into parts. */
export const akoolLive: FuzzTarget = {
  share: 8,
  fuzz(random) {
    const clock = createFuzzClock();
    let input = 0;
    let told = 0;
    const reassembler = createReassembler({ clock, onText: ({ text }) => (told = Math.max(told, text.length)) });
    for (let messages = 1 + random.below(6); messages > 0; messages--) {
      const payload = random.chance(0.8) ? mutateJson(random, SEEDS) : mutateBytes(random, BYTES);
      input += payload.length;
      if (payload instanceof Uint8Array) orRefusal(['message-invalid', 'message-too-large'], payload, () => checkPayload(payload, 950));
      const known = orRefusal(['message-invalid'], payload, () => parseLiveMessage(payload))?.known;
      if (known?.type === 'chat') reassembler.push(known);
      if (known?.type === 'ack') expectThat(typeof known.code === 'number', 'The code of an answer is no number', payload);
    }
    clock.runAll();
    reassembler.close();
    roundTrip(oddText(random));
    return { input, output: told };
  },
};

/** Who receives the parts has the text again. */
function roundTrip(text: string): void {
  const parts = orRefusal(['invalid-options'], text, () => encodeChat(text, { mid: 'm' }));
  if (!parts) return;
  const messages = parts.map((part) => JSON.parse(new TextDecoder().decode(part)) as { idx: number; fin: boolean; pld: { text: string } });
  expectThat(messages.map(({ pld }) => pld.text).join('') === text, 'The parts of a text are not the text', text);
  expectThat(messages.every(({ idx, fin }, place) => idx === place && fin === (place === messages.length - 1)), 'The parts of a text are counted wrongly', text);
  expectThat(parts.every(({ byteLength }) => byteLength <= 950), 'A part of a text is too large', text);
}
