import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMessages } from '../../src/services/akool-streaming/createMessages.js';
import { inspectClientMessage } from '../../src/server/relay/inspectClientMessage.js';
import { isPlainAudio } from '../../src/server/relay/isPlainAudio.js';
import { FrameReader } from '../../src/server/relay/websocket/FrameReader.js';
import { encodeFrame } from '../../src/server/relay/websocket/encodeFrame.js';
import type { Frame } from '../../src/server/relay/websocket/frame.js';

const agoraData = { appid: 'app', channel_id: 'channel', token: 'token', uid: '1' };
const plain = (audio: string, mid = 'audio-1'): string => `{"v":2,"type":"chat","mid":"${mid}","pld":{"audio":"${audio}"}}`;

/** As the relay meets it: somewhere in what was read, under some mask. */
function isPassed(text: string | Buffer, shift = 0): boolean {
  const before = encodeFrame(9, new Uint8Array(shift), true);
  const verdicts: boolean[] = [];
  const onFrame = (frame: Frame): boolean => {
    if (frame.opcode === 1) verdicts.push(isPlainAudio(frame));
    return true;
  };
  new FrameReader({ isMasked: true, maxPayloadBytes: 1_000_000 }).read(Buffer.concat([before, encodeFrame(1, text, true)]), { onFrame });
  const [verdict] = verdicts;
  if (verdict === undefined) throw new Error('No frame was read.');
  return verdict;
}

/** What goes on as it came must say just what the relay would have written had it taken the message apart. */
function expectSound(text: string | Buffer, shift?: number): void {
  if (!isPassed(text, shift)) return;
  const bytes = Buffer.from(text);
  const inspected = inspectClientMessage(bytes.toString(), agoraData);
  expect(inspected).toMatchObject({ ok: true, kind: 'audio', leaveMid: null, answer: null });
  const message = JSON.parse(bytes.toString()) as unknown; // matched here
  expect(inspected.ok && JSON.parse(inspected.text)).toEqual(message);
  // And nothing is said twice, which one parser could take for one thing, another for another.
  expect(JSON.stringify(message)).toBe(bytes.toString());
  expect(message).toEqual({ v: 2, type: 'chat', mid: expect.stringMatching(/^[\w-]{1,128}$/), pld: { audio: expect.any(String) } });
}

/** Pieces of messages, put together by chance: what an attacker would try. */
const pieces = fc.constantFrom(
  '{"v":2,"type":"chat","mid":"', '","pld":{"audio":"', '"}}', '"', '\\', '\\"', '\\u0022', ',', '{', '}', '"metadata":{"agora_data":{}}', '"pld":{"cmd":"set-params"}',
  'audio-1', 'QUJD', '\u0000', '\n', 'ü', '\ufeff', '!', '#', '\u007f', '\u0080', "'",
);
const strings = fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), fc.string({ unit: 'grapheme' }));

describe('an audio message in plain form', () => {
  it('is what our client sends, whatever the samples and wherever it lies', () => {
    fc.assert(
      fc.property(fc.int16Array({ maxLength: 1_100 }), fc.nat(8), (samples, shift) => {
        const text = JSON.stringify(createMessages().audio(samples));
        expect(isPassed(text, shift)).toBe(true);
        expectSound(text, shift);
      }),
    );
  });

  it('is sound when its strings are anything', () => {
    fc.assert(fc.property(strings, strings, fc.nat(8), (mid, audio, shift) => expectSound(plain(audio, mid), shift)), { numRuns: 2_000 });
  });

  it('is sound when it is put together from pieces of messages', () => {
    const around = fc.array(pieces, { maxLength: 4 }).map((list) => list.join(''));
    fc.assert(fc.property(around, around, around, (mid, audio, end) => expectSound(`{"v":2,"type":"chat","mid":"${mid}","pld":{"audio":"${audio}"}}${end}`)), { numRuns: 2_000 });
    fc.assert(fc.property(fc.array(pieces, { maxLength: 12 }), (list) => expectSound(list.join(''))), { numRuns: 2_000 });
  });

  it('is sound when one byte of it is another', () => {
    const text = Buffer.from(plain('QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo='));
    for (let at = 0; at < text.length; at += 1) {
      for (let byte = 0; byte < 256; byte += 1) {
        const changed = Buffer.from(text);
        changed[at] = byte;
        expectSound(changed);
      }
    }
  });

  it.each<[string, string]>([
    ['a second key', '{"v":2,"type":"chat","mid":"a","pld":{"audio":"A"},"pld":{"cmd":"set-params","data":{}}}'],
    ['metadata', '{"v":2,"type":"chat","mid":"a","pld":{"audio":"A","metadata":{"agora_data":{}}}}'],
    ['another order', '{"type":"chat","v":2,"mid":"a","pld":{"audio":"A"}}'],
    ['white space', '{"v":2, "type":"chat","mid":"a","pld":{"audio":"A"}}'],
    ['an escape', plain('\\u0022')],
    ['an end that is escaped', plain('A\\')],
    ['a name that is too long', plain('A', 'a'.repeat(129))],
    ['no name', plain('A', '')],
    ['a control character', plain('A\u0001')],
    ['what is not ASCII', plain('ä')],
    ['nothing', ''],
    ['a head alone', '{"v":2,"type":"chat","mid":"a","pld":{"audio":"}}'],
    ['something behind it', `${plain('A')} `],
  ])('is not one with %s', (_case, text) => {
    for (let shift = 0; shift < 4; shift += 1) expect(isPassed(text, shift)).toBe(false);
  });

  it('may be empty, and its name as long as the checked way allows', () => {
    expect(isPassed(plain(''))).toBe(true);
    expect(isPassed(plain('A', 'a'.repeat(128)))).toBe(true);
  });
});
