import { describe, expect, it } from 'vitest';
import { encodeChatRoomQuestion, parseChatRoomAnswer } from '../../../src/client.js';

describe('the version 3 chat room', () => {
  it('wraps the question as a string inside the message, as the vendor documents it', () => {
    expect(JSON.parse(encodeChatRoomQuestion('server_8898', { messageId: 'msg-1', question: 'Say "hi" 👋', mode: 1, voiceId: 'v' }))).toEqual({
      type: 'chat',
      to: 'server_8898',
      payload: '{"message_id":"msg-1","voice_id":"v","voice_url":"","language":"en","mode_type":1,"prompt":{"from":"text","content":""},"question":"Say \\"hi\\" 👋"}',
    });
  });

  it('refuses a message without question or receiver', () => {
    for (const [to, question] of [['', 'x'], ['server_1', '']] as const) {
      expect(() => encodeChatRoomQuestion(to, { messageId: 'm', question, mode: 2 })).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
    }
  });

  it.each([
    ['a string', '{"message_id":"m","question":"q","answer":"Well."}'],
    ['an object', { message_id: 'm', question: 'q', answer: 'Well.' }],
  ])('reads an answer whose payload is %s', (_name, payload) => {
    expect(parseChatRoomAnswer(JSON.stringify({ type: 'chat', from: 'server_1', to: 'client_1', payload }))).toEqual({
      messageId: 'm', question: 'q', answer: 'Well.', from: 'server_1',
    });
  });

  it('ignores what is not an answer, and refuses what is not JSON on either level', () => {
    expect(parseChatRoomAnswer('{"type":"presence"}')).toBeNull();
    expect(parseChatRoomAnswer('{"type":"chat","payload":"{}"}')).toBeNull();
    expect(parseChatRoomAnswer('[1]')).toBeNull();
    for (const text of ['{', '{"type":"chat","payload":"{"}']) expect(() => parseChatRoomAnswer(text)).toThrow(expect.objectContaining({ reason: 'message-invalid' }));
  });
});
