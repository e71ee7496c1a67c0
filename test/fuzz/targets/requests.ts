import type { z } from 'zod';
import { avatarQuery, knowledgeQuery, voiceQuery } from '../../../src/server/handler/catalogue/catalogueQueries.js';
import { readBody } from '../../../src/server/handler/readBody.js';
import { endOwnRequestSchema, endRequestSchema, keepRequestSchema, renewRequestSchema, sessionRequestSchema } from '../../../src/server/handler/requestBodies.js';
import { readShape } from '../../../src/shapes/readShape.js';
import { createFuzzClock } from '../createFuzzClock.js';
import { expectThat, orLaterRefusal, orRefusal, type FuzzTarget } from '../FuzzTarget.js';
import { mutateJson } from '../mutators/mutateJson.js';

const SEEDS = [
  '{"service":"akool-live","avatarId":"ava","sessionId":"s-1","voiceId":"v","language":"en","backgroundUrl":"https://a.example/b.png","mode":"dialogue","voice":{"service":"dve","assistantId":"a","vision":true}}',
  '{"renewal":"abc","needs":"channel","reason":"connection-lost"}',
  '{"renewal":"abc","wants":"status"}',
  '{"sessionId":"s-1"}',
  '{"page":"2","size":"50","platform":"open","type":"akool","name":"Ava","streams":"true"}',
];
const SCHEMAS = [sessionRequestSchema, renewRequestSchema, keepRequestSchema, endRequestSchema, endOwnRequestSchema, avatarQuery, voiceQuery, knowledgeQuery];

/** Bodies and queries of the server's routes. */
export const requests: FuzzTarget = {
  share: 3,
  async fuzz(random) {
    const text = mutateJson(random, SEEDS);
    const body = random.chance(0.1) ? await orLaterRefusal(['invalid-options', 'message-too-large'], text, () => readBody(new Request('https://a.example/', { method: 'POST', body: text }), { ...createFuzzClock(), epochMs: () => 0 })) : text;
    let json: unknown;
    try {
      json = JSON.parse(body ?? '');
    } catch {
      return { input: text.length, output: 0 };
    }
    let output = 0;
    for (const schema of SCHEMAS) {
      const parsed = orRefusal([], text, () => readShape<z.ZodObject>(schema, json));
      if (!parsed?.success) continue;
      expectThat(Object.keys(parsed.data).every((name) => name in schema.shape), 'What no route asks for gets in', text);
      output += JSON.stringify(parsed.data).length;
    }
    return { input: text.length, output };
  },
};
