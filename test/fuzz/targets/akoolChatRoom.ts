import { encodeChatRoomQuestion, parseChatRoomFrame } from '../../../src/services/akool-live/chatRoom.js';
import { createAnswers } from '../../../src/services/akool-live/createAnswers.js';
import { createFuzzClock } from '../createFuzzClock.js';
import { expectThat, orRefusal, type FuzzTarget } from '../FuzzTarget.js';
import { mutateJson } from '../mutators/mutateJson.js';
import { oddText } from '../mutators/oddText.js';

const PAYLOADS = ['{"message_id":"m-1","question":"Hello?","answer":"Good day."}', '{"message_id":"m-2","answer":""}'];
const FRAMES = PAYLOADS.map((payload) => JSON.stringify({ type: 'chat', from: 'server_1', payload })).concat('{"type":"chat","from":"server_1","payload":{"message_id":"m-1","answer":"A"}}', '{"type":"joined"}');

/** What comes from the chat room of the older interface: JSON inside JSON. */
export const akoolChatRoom: FuzzTarget = {
  share: 7,
  fuzz(random) {
    const clock = createFuzzClock();
    let told = 0;
    const answers = createAnswers(clock, ({ text }) => (told = Math.max(told, text.length)));
    const text = random.chance(0.5) ? mutateJson(random, FRAMES) : JSON.stringify({ type: 'chat', from: 'server_1', payload: mutateJson(random, PAYLOADS) });
    const answer = orRefusal(['message-invalid'], text, () => parseChatRoomFrame(text))?.answer;
    if (answer) for (let repeats = 1 + random.below(3); repeats > 0; repeats--) answers.push(answer);
    answers.drop();
    const question = oddText(random);
    const encoded = orRefusal(['invalid-options'], question, () => encodeChatRoomQuestion('server_1', { messageId: 'm', question, mode: 2 }));
    const payload = encoded && (JSON.parse((JSON.parse(encoded) as { payload: string }).payload) as { question: string });
    if (payload) expectThat(payload.question === question, 'A question is another one when it is read', question);
    return { input: text.length, output: told };
  },
};
