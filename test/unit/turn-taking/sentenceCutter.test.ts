import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../src/testing/createManualClock.js';
import { createSentenceCutter, type SentenceLimits } from '../../../src/turn-taking/createSentenceCutter.js';

function cut(deltas: Iterable<string>, limits: SentenceLimits = {}): string[] {
  const sentences: string[] = [];
  const cutter = createSentenceCutter({ ...limits, clock: createManualClock(), onSentence: (sentence) => sentences.push(sentence) });
  for (const delta of deltas) cutter.push(delta);
  cutter.flush();
  return sentences;
}

/** Text, and the pieces that it must come out as, joined by "|". */
const TABLE: readonly (readonly [rule: string, pieces: string, limits?: SentenceLimits])[] = [
  ['sentences', 'Hello there.| How are you?| Fine!'],
  ['a short clause stays with its sentence', 'Well, yes, indeed.'],
  ['a long clause is spoken before its sentence ends', 'When the last train had left the station,| the lights went out.'],
  ['every clause when asked for', 'One,| two;| three:| four.', { minClauseLength: 1 }],
  ['short sentences joined when asked for', 'No. Yes. Perhaps.| Certainly not today.', { minLength: 12 }],
  ['Chinese sentences', '你好。|今天天气怎么样？|很好！'],
  ['Chinese clauses', '如果明天下午不下雨的话我们，|就去公园散步吧。'],
  ['a question with an ASCII mark in Chinese', '中间的首都是北京吗?|是的。'],
  ['Chinese quotation marks', '他说：“你好。”|然后走了。'],
  ['Chinese corner brackets', '「早上好！」|他说。「再见。」'.replace('。「', '。|「')],
  ['straight quotes that close in Chinese', '他说："我们现在就走。"|然后他走了。'],
  ['straight quotes that open in Chinese', '他走了。|"再见"她说。'],
  ['a Chinese bracketed clause', '这是一个很长很长很长的句子（带括号）|还没有结束。'],
  ['Japanese', '今日はいい天気ですね。|散歩しましょう！'],
  ['full-width times and numbers', '现在是１２：３０，价格是１，０００元。'],
  ['Arabic and Hindi marks', 'كيف حالك؟| بخير۔| नमस्ते।| ठीक है।'],
  ['decimals', 'Pi is 3.14159, not 3.2.| Right?'],
  ['thousands', 'It has 1,000,000 people; 2,5 million more will come soon to it.', { minClauseLength: 60 }],
  ['times', 'We meet at 12:30, or at 9:05:10 exactly.'],
  ['a number at the end of a sentence', 'It costs 3.| Then we go.'],
  ['numbers of a list', '1. Apples are red.| 2. Pears are green.'],
  ['numbers of a list on lines', 'Buy:\n|1. Apples\n|2. Pears'],
  ['versions and file names', 'Use Node.js 20.19 with index.ts now.| Done.'],
  ['initials', 'J. R. R. Tolkien wrote it.| Really.'],
  ['abbreviations with stops inside', 'The U.S. Army, e.g. its band, i.e. the loud one, plays at 5 p.m. today.', { minClauseLength: 100 }],
  ['titles', 'Mr. Smith met Dr. Jones and Prof. Lee.| They spoke.'],
  ['an abbreviation inside a sentence', 'Apples, pears etc. are fruit.| Cars etc.| Trees are not.'],
  ['an abbreviation in brackets', 'Some fruit (apples, pears, etc.) is here.| Good.', { minClauseLength: 60 }],
  ['No as an answer and as a number', 'No.| I live at No. 5 of it.'],
  ['addresses of pages', 'See https://example.com/a.b?c=d,e:f;g!h for more.| Thanks.'],
  ['an address at the end of a sentence', 'Go to www.example.com.| Then log in.'],
  ['an address among Chinese', '请看https://www.例子.com/页?x=1。|谢谢。'],
  ['e-mail addresses', 'Write to jane.doe@example.co.uk today.| Bye.'],
  ['quotes after the mark', 'He said "Stop."| She did.| “Why?”| ‘Because.’| «Bon.»| Ok.'],
  ['brackets after the mark', 'It works (really it does!).| [See the notes.]| Yes.'],
  ['emphasis of Markdown after the mark', '**Listen.**| _Now!_| Go.'],
  ['an ellipsis is one mark', 'Wait...| what?!| No…| yes……| ok.'],
  ['an ellipsis inside a word', 'So...then we ate it.'],
  ['marks in a row', 'What?!?!| No!!!| Yes.'],
  ['marks alone wait for words', '... !!! ?? Hello there.| Yes.'],
  ['marks alone at the end', 'Hello.| ...'],
  ['emoji', 'Great! |😀 Next one.| 👍🏽 fine.'],
  ['emoji right after the mark', 'Great!|😀 Next.| Done!|👨‍👩‍👧‍👦 family.'],
  ['marks that are emoji', 'Careful‼️| Really⁉️| Yes.'],
  ['lines', 'First line\n|Second line\r\n|Third'],
  ['blank lines are nothing', '\n\n  \nHello.|\n\n\n World.|\n'],
  ['contractions', "Don't! |It's 5 o'clock, isn’t it?| Sure."],
  ['no punctuation at all', 'just a few words'],
  ['nothing', ''],
  ['white space', '  \t '],
];

const CASES = TABLE.map(([rule, marked, limits]) => ({ rule, marked, limits }));
const pieces = (marked: string) => marked.split('|').map((piece) => piece.trim()).filter((piece) => piece !== '');

describe('createSentenceCutter', () => {
  it.each(CASES)('cuts $rule', ({ marked, limits }) => {
    expect(cut([marked.replaceAll('|', '')], limits)).toEqual(pieces(marked));
  });

  it.each(CASES)('cuts $rule alike, however the text is split into deltas', ({ marked, limits }) => {
    const text = marked.replaceAll('|', '');
    for (let at = 0; at <= text.length; at++) expect(cut([text.slice(0, at), text.slice(at)], limits)).toEqual(pieces(marked));
    expect(cut(text.split(''), limits)).toEqual(pieces(marked));
  });

  it('loses, doubles and reorders nothing, whatever the text and its portions are', () => {
    const text = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('. ', '! ', '。', '，', '...', '\n', ' ', '" ', '3.1', 'e.g. ', '👩‍👩‍👦', 'word ', '中文字'))).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat(9)), fc.integer({ min: 16, max: 60 }), (whole, sizes, maxLength) => {
        const sentences: string[] = [];
        const raws: string[] = [];
        const cutter = createSentenceCutter({
          maxLength,
          clock: createManualClock(),
          onSentence(sentence, raw) {
            sentences.push(sentence);
            raws.push(raw);
          },
        });
        let at = 0;
        for (const size of sizes) cutter.push(whole.slice(at, (at += size)));
        cutter.push(whole.slice(at));
        cutter.flush();
        expect(raws.join('').trimEnd()).toBe(whole.trimEnd());
        expect(sentences).toEqual(raws.map((raw) => raw.trim()));
        expect(sentences.every((sentence) => sentence !== '')).toBe(true);
        expect(cut([whole], { maxLength })).toEqual(sentences);
        // No piece ends inside what a reader sees as one character.
        const starts = new Set([...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(whole)].map(({ index }) => index).concat(whole.length));
        let end = 0;
        for (const raw of raws.slice(0, -1)) expect(starts.has((end += raw.length))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  describe('without punctuation', () => {
    it('cuts long text at white space', () => {
      const words = 'the quick brown fox jumps over the lazy dog and then '.repeat(8).trim();
      const sentences = cut([words], { maxLength: 40 });
      expect(sentences.join(' ')).toBe(words);
      expect(Math.max(...sentences.map((sentence) => sentence.length))).toBeLessThanOrEqual(40);
      expect(Math.min(...sentences.slice(0, -1).map((sentence) => sentence.length))).toBeGreaterThan(30);
    });

    it('cuts at 120 by default', () => {
      const sentences = cut(['a '.repeat(100)]);
      expect(sentences.map((sentence) => sentence.length)).toEqual([119, 79]);
    });

    it('cuts Chinese between words and emoji between emoji', () => {
      const chinese = cut(['今天天气非常好我们一起去公园散步然后去图书馆看书'], { maxLength: 16 });
      expect(chinese.length).toBeGreaterThan(1);
      expect(chinese.every((piece) => piece.length <= 16)).toBe(true);
      expect(chinese.some((piece) => piece.endsWith('图') || piece.endsWith('公'))).toBe(false);
      const families = cut(['👨‍👩‍👧‍👦'.repeat(6)], { maxLength: 30 });
      expect(families).toEqual(['👨‍👩‍👧‍👦'.repeat(2), '👨‍👩‍👧‍👦'.repeat(2), '👨‍👩‍👧‍👦'.repeat(2)]);
    });

    it('keeps an address whole if it fits into one piece', () => {
      const address = `https://example.com/${'path/'.repeat(12)}`;
      expect(cut([`Please have a look at the page ${address} when you can`], { maxLength: 90 })).toContainEqual(expect.stringContaining(address));
    });

    it('cuts a word without end all the same', () => {
      expect(cut(['a'.repeat(50)], { maxLength: 20 }).map((piece) => piece.length)).toEqual([20, 20, 10]);
    });
  });

  describe('when the text stalls', () => {
    function stalled(text: string) {
      const clock = createManualClock();
      const sentences: string[] = [];
      const cutter = createSentenceCutter({ clock, onSentence: (sentence) => sentences.push(sentence) });
      cutter.push(text);
      return { clock, sentences, cutter };
    }

    it.each([
      ['gives a sentence whose end was only likely', 'Hello world.', ['Hello world.']],
      ['gives the whole words', 'I think that the thi', ['I think that the']],
      ['gives the sure part of a number', 'It costs about 3.', ['It costs about']],
      ['does not end at an abbreviation', 'This is Dr.', ['This is']],
      ['keeps a single word', 'Supercali', []],
      ['keeps marks', '... ', []],
    ])('%s', async (_rule, text, expected) => {
      const { clock, sentences } = stalled(text);
      await clock.advance(799);
      expect(sentences).toEqual([]);
      await clock.advance(1);
      expect(sentences).toEqual(expected);
    });

    it('goes on with the rest', async () => {
      const { clock, sentences, cutter } = stalled('I think that the thi');
      await clock.advance(800);
      cutter.push('ng is good.');
      cutter.flush();
      expect(sentences).toEqual(['I think that the', 'thing is good.']);
      expect(clock.pending).toBe(0);
    });

    it('gives nothing after it was cleared, and leaves no timer', async () => {
      const { clock, sentences, cutter } = stalled('Hello world.');
      cutter.clear();
      expect(clock.pending).toBe(0);
      await clock.advance(2000);
      cutter.flush();
      expect(sentences).toEqual([]);
    });
  });

  it('may be cleared by the one who takes a sentence', () => {
    const sentences: string[] = [];
    const cutter = createSentenceCutter({
      clock: createManualClock(),
      onSentence(sentence) {
        sentences.push(sentence);
        cutter.clear();
      },
    });
    cutter.push('One. This is forgotten. ');
    cutter.push('Two. ');
    cutter.flush();
    expect(sentences).toEqual(['One.', 'Two.']);
  });

  it('refuses limits that make no sense', () => {
    for (const limits of [{ maxLength: 3 }, { maxLength: NaN }, { minLength: 500 }, { maxWaitMs: 0 }]) {
      expect(() => cut(['x'], limits)).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
    }
  });
});
