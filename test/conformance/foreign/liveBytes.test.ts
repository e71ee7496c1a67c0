// Source: docs.akool.com, "Message protocol v2" and the v3 chat room; JSON of Python against ours, both ways.
import { expect } from 'vitest';
import { encodeChatRoomQuestion, parseChatRoomAnswer } from '../../../src/services/akool-live/chatRoom.js';
import { encodeChat } from '../../../src/services/akool-live/encodeChat.js';
import { encodeCommand } from '../../../src/services/akool-live/encodeCommand.js';
import { parseLiveMessage } from '../../../src/services/akool-live/parseLiveMessage.js';
import { describeForeign } from './describeForeign.js';
import { startForeign } from './startForeign.js';

interface Written {
  readonly message: string;
  /** Base64. */
  readonly bytes: string;
  readonly expected: object | null;
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
// The family must not be cut apart, and a lone surrogate must survive.
const text = 'Grüße 👩‍👩‍👧‍👦 "quoted" \\ \n\u0000 你好 '.repeat(60) + '\ud83d';

describeForeign('live_bytes', async () => {
  const foreign = startForeign('live_bytes');
  const mid = 'mid-1';
  const vparams = { vid: 'v1', vurl: '', speed: 1.2, pron_map: { Akool: 'ah-cool' }, turn_detection: { type: 'server_vad', threshold: 0.5 } } as const;
  const ours = {
    text,
    chat: encodeChat(text, { mid }).map(base64),
    setParams: base64(encodeCommand({ cmd: 'set-params', data: { lang: 'de', mode: 2, bgurl: '', vparams } }, { mid })),
    interrupt: base64(encodeCommand({ cmd: 'interrupt' }, { mid })),
    setAction: base64(encodeCommand({ cmd: 'set-action', data: { action: 'nod', expression: 'happiness' } }, { mid })),
    question: encodeChatRoomQuestion('server_8898', { messageId: 'msg-7', question: 'Wie "groß"? 👋', mode: 2, prompt: { from: 'url', content: 'https://example.com/a.pdf' } }),
  };
  const report = await foreign.finish(JSON.stringify(ours));
  for (const { message, bytes, expected } of foreign.output as readonly Written[]) {
    const payload = Buffer.from(bytes, 'base64');
    const read = message === 'chat-room/answer' ? parseChatRoomAnswer(payload.toString()) : parseLiveMessage(new Uint8Array(payload)).known;
    await foreign.report.check(message, () => expect(read).toEqual(expected));
  }
  return report;
});
