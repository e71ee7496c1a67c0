import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReassembler, type LiveText } from '../../../src/services/akool-live/createReassembler.js';
import { encodeChat } from '../../../src/services/akool-live/encodeChat.js';
import { encodeCommand } from '../../../src/services/akool-live/encodeCommand.js';
import type { AkoolLiveChat } from '../../../src/services/akool-live/messages.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

interface Part {
  readonly v: number;
  readonly type: string;
  readonly mid: string;
  readonly idx: number;
  readonly fin: boolean;
  readonly pld: { readonly text: string };
}

// Fatal: a code point that was cut in two would throw here.
const read = (bytes: Uint8Array): Part => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
const joined = (parts: readonly Uint8Array[]) => parts.map((part) => read(part).pld.text).join('');

/** What the avatar would send back if it repeated the parts. */
const echoed = (bytes: Uint8Array): AkoolLiveChat => {
  const { mid, idx, fin, pld } = read(bytes);
  return { type: 'chat', mid, idx, fin, from: 'bot', text: pld.text };
};

function collect() {
  const clock = createManualClock();
  const texts: LiveText[] = [];
  const reassembler = createReassembler({ clock, onText: (text) => texts.push(text) });
  return { clock, texts, reassembler, last: () => texts.at(-1) };
}

const part = (change: Partial<AkoolLiveChat>): AkoolLiveChat => ({ type: 'chat', mid: 'm', idx: 0, fin: false, from: 'bot', text: 'x', ...change });

const kinds: readonly (readonly [string, string])[] = [
  ['ASCII', 'The quick brown fox jumps over the lazy dog. '.repeat(120)],
  ['family emoji held together by joiners', '👩‍👩‍👧‍👦🏳️‍🌈👍🏽'.repeat(150)],
  ['what JSON escapes', '"\\\n\t\u0000\u001f'.repeat(300)],
  ['right to left', 'مرحبا بالعالم، שלום עולם '.repeat(120)],
  ['Chinese', '你好，世界。今天天气怎么样？'.repeat(120)],
  ['combining marks', 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢'.repeat(40)],
  ['lone surrogates', '\ud800a\udc00'.repeat(200)],
  ['one character', 'é'],
];

describe('chat in parts', () => {
  it.each(kinds)('carries %s whole, in parts of at most 950 bytes', (_kind, text) => {
    const parts = encodeChat(text, { mid: 'chat-1' });
    expect(joined(parts)).toBe(text);
    for (const bytes of parts) expect(bytes.byteLength).toBeLessThanOrEqual(950);
    expect(parts.map((bytes) => read(bytes).idx)).toEqual(parts.map((_bytes, index) => index));
    expect(parts.map((bytes) => read(bytes).fin)).toEqual(parts.map((_bytes, index) => index === parts.length - 1));
    expect(new Set(parts.map((bytes) => read(bytes).mid))).toEqual(new Set(['chat-1']));
  });

  it('fills every part but the last to within one character of the limit', () => {
    const ascii = encodeChat('a'.repeat(5_000), { mid: 'm' });
    for (const bytes of ascii.slice(0, -1)) expect(bytes.byteLength).toBe(950);
    for (const bytes of encodeChat('😀'.repeat(1_500), { mid: 'm' }).slice(0, -1)) expect(bytes.byteLength).toBeGreaterThan(946);
  });

  it('writes the envelope as the vendor documents it', () => {
    const [bytes] = encodeChat('Hello', { mid: 'msg-1' });
    expect(new TextDecoder().decode(bytes)).toBe('{"v":2,"type":"chat","mid":"msg-1","idx":0,"fin":true,"pld":{"text":"Hello"}}');
  });

  it('refuses an empty text, and a limit into which no character fits', () => {
    expect(() => encodeChat('', { mid: 'm' })).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
    expect(() => encodeChat('😀', { mid: 'm', maxMessageBytes: 70 })).toThrow(expect.objectContaining({ reason: 'message-too-large' }));
  });

  it('keeps the limit and the text for any text, mid and limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 600 }), fc.string({ maxLength: 20 }), fc.integer({ min: 300, max: 1_024 }), (text, mid, maxMessageBytes) => {
        const parts = encodeChat(text, { mid, maxMessageBytes });
        expect(joined(parts)).toBe(text);
        for (const bytes of parts) expect(bytes.byteLength).toBeLessThanOrEqual(maxMessageBytes);
      }),
      { numRuns: 200 },
    );
  });
});

describe('reassembly', () => {
  it('gives back the text whatever the order of the parts, and however often they come', () => {
    const arbitrary = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 500 })
      .map((text) => ({ text, parts: encodeChat(text, { mid: 'm', maxMessageBytes: 90 }).map(echoed) }))
      .chain(({ text, parts }) =>
        fc.tuple(
          fc.constant(text),
          fc.shuffledSubarray(parts, { minLength: parts.length, maxLength: parts.length }),
          fc.shuffledSubarray(parts),
        ),
      );
    fc.assert(
      fc.property(arbitrary, ([text, shuffled, again]) => {
        const { reassembler, last, texts } = collect();
        for (const each of [...shuffled, ...again]) reassembler.push(each);
        expect(last()).toEqual({ mid: 'm', from: 'bot', text, final: true });
        expect(texts.filter(({ final }) => final)).toHaveLength(1);
        reassembler.close();
      }),
      { numRuns: 200 },
    );
  });

  it('shows the text as it grows, without a gap', () => {
    const { reassembler, texts } = collect();
    reassembler.push(part({ idx: 0, text: 'a' }));
    reassembler.push(part({ idx: 2, text: 'c', fin: true }));
    reassembler.push(part({ idx: 1, text: 'b' }));
    expect(texts.map(({ text, final }) => [text, final])).toEqual([['a', false], ['abc', true]]);
  });

  it('keeps the user and the avatar apart under one mid', () => {
    const { reassembler, texts } = collect();
    reassembler.push(part({ from: 'user', text: 'Who are you?', fin: true }));
    reassembler.push(part({ from: 'bot', text: 'A face.', fin: true }));
    expect(texts.map(({ from, text, final }) => [from, text, final])).toEqual([['user', 'Who are you?', true], ['bot', 'A face.', true]]);
  });

  it('keeps what came first in a place', () => {
    const { reassembler, texts } = collect();
    reassembler.push(part({ idx: 0, text: 'first' }));
    reassembler.push(part({ idx: 0, text: 'second' }));
    expect(texts.map(({ text }) => text)).toEqual(['first']);
  });

  it('appends parts that have no place', () => {
    const { reassembler, last } = collect();
    for (const text of ['one ', 'two ', 'three']) reassembler.push(part({ idx: null, text, fin: text === 'three' }));
    expect(last()).toMatchObject({ text: 'one two three', final: true });
  });

  it('lengthens a text that was final when a part comes late, for 2 s', async () => {
    const { reassembler, last, clock, texts } = collect();
    reassembler.push(part({ text: 'a', fin: true }));
    await clock.advance(1_900);
    reassembler.push(part({ idx: 1, text: 'b' }));
    expect(last()).toMatchObject({ text: 'ab', final: true });
    expect(texts).toHaveLength(2);
  });

  it('gives up on a missing part 2 s after the last one', async () => {
    const { reassembler, last, clock } = collect();
    reassembler.push(part({ idx: 0, text: 'a' }));
    reassembler.push(part({ idx: 2, text: 'c', fin: true }));
    await clock.advance(1_999);
    expect(last()).toMatchObject({ text: 'a', final: false });
    await clock.advance(1);
    expect(last()).toMatchObject({ text: 'ac', final: true });
    expect(clock.pending).toBe(0);
  });

  it('holds a bounded number of messages that are never closed', () => {
    const { reassembler, texts } = collect();
    for (let n = 0; n < 65; n++) reassembler.push(part({ mid: `m${n}` }));
    expect(texts.filter(({ final }) => final).map(({ mid }) => mid)).toEqual(['m0']);
  });

  it('leaves no timer behind', () => {
    const { reassembler, clock } = collect();
    reassembler.push(part({ fin: true }));
    reassembler.close();
    expect(clock.pending).toBe(0);
  });
});

describe('commands', () => {
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

  it('leave out what is empty, however deep', () => {
    const bytes = encodeCommand({ cmd: 'set-params', data: { lang: 'en', bgurl: '', vparams: { vid: '', speed: 1, turn_detection: {}, pron_map: {} } } }, { mid: 'c1' });
    expect(text(bytes)).toBe('{"v":2,"type":"command","mid":"c1","pld":{"cmd":"set-params","data":{"lang":"en","vparams":{"speed":1}}}}');
  });

  it('interrupt without data', () => {
    expect(text(encodeCommand({ cmd: 'interrupt' }, { mid: 'c2' }))).toBe('{"v":2,"type":"command","mid":"c2","pld":{"cmd":"interrupt"}}');
  });

  it('set an action as the vendor documents it', () => {
    const bytes = encodeCommand({ cmd: 'set-action', data: { action: 'hand_wave', expression: 'happiness' } }, { mid: 'c3' });
    expect(JSON.parse(text(bytes))).toEqual({ v: 2, type: 'command', mid: 'c3', pld: { cmd: 'set-action', data: { action: 'hand_wave', expression: 'happiness' } } });
  });

  it('are refused when nothing is left of them, or when one message cannot hold them', () => {
    expect(() => encodeCommand({ cmd: 'set-params', data: { bgurl: '' } }, { mid: 'c' })).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
    expect(() => encodeCommand({ cmd: 'set-params', data: { bgurl: 'x'.repeat(900) } }, { mid: 'c' })).toThrow(
      expect.objectContaining({ reason: 'message-too-large', context: expect.objectContaining({ command: 'set-params', maxMessageBytes: 950 }) }),
    );
  });
});
