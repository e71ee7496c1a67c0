import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSystem } from './startTarget.js';
import { ticketOf } from './ticketOf.js';
import { useTarget } from './useTarget.js';

const target = useTarget(({ limits }) => ({ limits: { ...limits, maxMessagesPerSecond: 100_000 } }));

/** What messages are made of, and what could make one mean two things. */
const PIECES = [
  '{"v":2,"type":"chat","mid":"', 'a1', '","pld":{"audio":"', 'AAAA', '"}}', '{', '}', '[', ']', '"', '\\', '\\"', '\\u0022', ',', ':', ' ', '\n', '\0', '\u2028', '\ufeff',
  '"type":"command"', '"cmd":"set-params"', '"cmd":"interrupt"', '"data":{}', '"metadata":{"agora_data":{"channel_id":"EVIL"}}', '"pld":{', '"mid":"b"', '"v":2', '"v":1', '"__proto__":{', '"type":"event"', '"event":"leave_channel"', 'EVIL', '/*', '*/', "'",
];
/** Nearly a message of audio, damaged in places. */
const nearlyAudio = fc.tuple(fc.array(fc.constantFrom(...PIECES), { maxLength: 3 }), fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }), fc.array(fc.constantFrom(...PIECES), { maxLength: 3 }))
  .map(([before, inside, after]) => `{"v":2,"type":"chat","mid":"a${before.join('')}","pld":{"audio":"AA${inside.join('')}"}}${after.join('')}`);
const text = fc.oneof(nearlyAudio, fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join('')));

/** Audio and nothing else, however a parser treats names that are given twice: there is no quote in it that could begin a second name. */
const AUDIO_ALONE = /^\{"v":2,"type":"chat","mid":"[\w-]{1,128}","pld":\{"audio":"[^"\\]*"\}\}$/;

/** Written by the server: read and written again, it is the same. */
function isRewritten(message: string): boolean {
  try {
    return JSON.stringify(JSON.parse(message)) === message && !message.includes('agora_data":{"channel_id":"EVIL');
  } catch {
    return false; // Nothing that the server writes cannot be read.
  }
}

it('No text that a page makes up means one thing to the relay and another to the node', async () => {
  const property = fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 9 }), async (texts) => {
    const page = target().open(ticketOf(await target().grant('mallory')));
    await page.until(isSystem);
    const seen = target().vendor.sockets.at(-1)?.received ?? [];
    // A node that takes everything, as it stands here for one that reads in any way.
    target().vendor.onMessage = ({ socket }, message) => message.includes('"last"') && socket.send('{"type":"pong"}');
    for (const message of texts) page.socket.send(message);
    page.send({ v: 2, type: 'ping', mid: 'last', pld: {} });
    await page.until(({ type }) => type === 'pong');
    for (const message of seen) expect(AUDIO_ALONE.test(message) || isRewritten(message), message).toBe(true);
    page.socket.terminate();
  });
  await fc.assert(property, { numRuns: 150 });
}, 120_000);
