import { createAkoolClient } from '../../../src/server/akool-live/createAkoolClient.js';
import { expectThat, orLaterRefusal, type FuzzTarget } from '../FuzzTarget.js';
import { mutateJson } from '../mutators/mutateJson.js';

const KEY = 'planted-key-of-the-account';
const SEEDS = [
  '{"code":1000,"msg":"OK","data":{"_id":"s-1","uid":7,"status":3,"stream_type":"agora","credentials":{"agora_app_id":"a","agora_channel":"c","agora_token":"t","agora_uid":9}}}',
  '{"code":1000,"msg":"OK","data":{"count":1,"result":[{"_id":"1","avatar_id":"ava","name":"Ava","from":2,"status":3,"available":true,"voice_id":"v","url":"https://a.example/a.mp4","gender":"Female"}]}}',
  '{"code":1000,"msg":"OK","data":[{"voice_id":"v","name":"V","language":"en","preview":"https://a.example/v.mp3"}]}',
  '{"code":1000,"data":{"knowledge_list":[{"_id":"k","name":"K","prologue":"","prompt":"","docs":[],"urls":[]}]}}',
  `{"code":1003,"msg":"The key ${KEY} is wrong"}`,
];
const REFUSALS = ['message-invalid', 'avatar-unreachable', 'avatar-refused', 'avatar-error', 'avatar-busy', 'rate-limited', 'quota-exceeded', 'not-found', 'key-rejected', 'invalid-options', 'session-ended', 'reconnect-too-soon', 'no-avatar-available'] as const;

/** Answers of the vendor's REST API. */
export const akoolRest: FuzzTarget = {
  share: 2,
  async fuzz(random) {
    const text = mutateJson(random, SEEDS);
    const status = random.pick([200, 200, 200, 201, 400, 401, 404, 429, 500, 502]);
    const akool = createAkoolClient({ apiKey: KEY, fetch: async () => new Response(text, { status }) });
    const calls = [() => akool.sessions.detail('s-1'), () => akool.sessions.list(), () => akool.avatars.list(), () => akool.avatars.detail('ava'), () => akool.voices.list({ type: 'akool' }), () => akool.knowledge.list(), () => akool.sessions.close('s-1')];
    const answer = await orLaterRefusal(REFUSALS, text, async () => {
      try {
        return await random.pick<() => Promise<unknown>>(calls)();
      } catch (error) {
        expectThat(!String(error).includes(KEY) && !JSON.stringify(error).includes(KEY), 'The key is in an error', text);
        throw error;
      }
    });
    return { input: text.length, output: JSON.stringify(answer)?.length ?? 0 };
  },
};
