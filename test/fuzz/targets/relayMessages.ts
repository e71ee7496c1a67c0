import { createReadmeForms } from '../../../src/server/relay/createReadmeForms.js';
import { inspectChatMessage } from '../../../src/server/relay/inspectChatMessage.js';
import { inspectClientMessage } from '../../../src/server/relay/inspectClientMessage.js';
import { expectThat, orRefusal, type FuzzTarget } from '../FuzzTarget.js';
import { mutateJson } from '../mutators/mutateJson.js';

const AGORA = { appid: 'app', channel_id: 'channel', token: 'token', uid: '1' };
const PROMPT = { from: 'text', content: 'The prompt of the server.' } as const;
const SEEDS = [
  '{"v":2,"type":"command","mid":"c-1","pld":{"cmd":"set-params","data":{"vid":"v","lang":"en","mode":3,"bgurl":""},"metadata":{"agora_data":{"appid":"x","channel_id":"y","token":"z","uid":"2"}}}}',
  '{"v":2,"type":"command","mid":"c-2","pld":{"cmd":"interrupt"}}',
  '{"v":2,"type":"chat","mid":"a-1","pld":{"audio":"QUJD"}}',
  '{"v":2,"type":"event","mid":"e-1","pld":{"event":"leave_channel","reason":"user_left"}}',
  '{"type":"ping"}',
];
const QUESTION = '{"message_id":"m-1","voice_id":"v","language":"en","mode_type":2,"question":"Hello?","prompt":{"from":"text","content":"mine"}}';
const CHAT = [JSON.stringify({ type: 'chat', to: 'server_1', payload: QUESTION })];

/** What a browser says to the relay, and what of it reaches the vendor. */
export const relayMessages: FuzzTarget = {
  share: 4,
  fuzz(random) {
    if (random.chance(0.35)) {
      const text = random.chance(0.5) ? mutateJson(random, CHAT) : JSON.stringify({ type: 'chat', to: 'server_1', payload: mutateJson(random, [QUESTION]) });
      const inspected = orRefusal([], text, () => inspectChatMessage(text, 'server_1', PROMPT));
      if (inspected?.ok) {
        const frame = JSON.parse(inspected.text) as { to: string; payload: string };
        const { prompt } = JSON.parse(frame.payload) as { prompt: unknown };
        expectThat(frame.to === 'server_1' && JSON.stringify(prompt) === JSON.stringify(PROMPT), 'The vendor is told something else than the server wants', text);
      }
      return { input: text.length, output: inspected?.ok ? inspected.text.length : 0 };
    }
    const text = mutateJson(random, SEEDS);
    const isReadme = random.chance(0.3);
    const inspected = orRefusal([], text, () => inspectClientMessage(text, AGORA, isReadme ? createReadmeForms(AGORA) : undefined));
    if (!inspected?.ok) return { input: text.length, output: 0 };
    const message = JSON.parse(inspected.text) as { pld?: { cmd?: string; metadata?: { agora_data?: unknown } } };
    const metadata = message.pld?.metadata;
    if (metadata !== undefined) expectThat(message.pld?.cmd === 'set-params' && JSON.stringify(metadata) === JSON.stringify({ agora_data: AGORA }), 'The avatar is sent into another channel than the ticket says', text);
    return { input: text.length, output: inspected.text.length };
  },
};
