import { afterEach, describe, expect, it } from 'vitest';
import type { VoiceConnection, VoiceServiceEvent } from '../../../../src/services/service.js';
import { pipeline, type PipelineOptions, type PipelineTurn } from '../../../../src/services/pipeline/pipeline.js';
import { createManualClock, type ManualClock } from '../../../../src/testing/createManualClock.js';

const RATE = 8_000;
const grant = { version: 1, sessionId: 'test', expiresAt: 0 } as const;
/** Speech of a sentence: 10 ms for each of its characters, every sample its number of characters. */
const speechOf = (sentence: string) => new Int16Array(sentence.length * 80).fill(sentence.length);
const tone = (durationMs: number) => Int16Array.from({ length: durationMs * 16 }, (_, index) => Math.round(8000 * Math.sin(index / 5)));
const quiet = (durationMs: number) => Int16Array.from({ length: durationMs * 16 }, (_, index) => (index % 7) - 3);

/** A stream that the test writes; it records how it ended. */
function createSource<T>() {
  const waiting: ((result: IteratorResult<T>) => void)[] = [];
  const items: T[] = [];
  let done = false;
  const source = {
    returned: false,
    async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
      try {
        for (;;) {
          const item = items.shift();
          if (item !== undefined) yield item;
          else if (done) return;
          else await new Promise<unknown>((resolve) => waiting.push(resolve));
        }
      } finally {
        source.returned = true;
      }
    },
    push(...more: T[]) {
      items.push(...more);
      waiting.splice(0).forEach((wake) => wake({ done: true, value: undefined }));
    },
    end() {
      done = true;
      source.push();
    },
  };
  return source;
}

interface Call {
  readonly sentence: string;
  readonly signal: AbortSignal;
  readonly source: ReturnType<typeof createSource<Int16Array>>;
}

async function connect(options: Partial<PipelineOptions> = {}) {
  const clock: ManualClock = createManualClock();
  const events: VoiceServiceEvent[] = [];
  const turns: PipelineTurn[] = [];
  const signals: AbortSignal[] = [];
  const replies: ReturnType<typeof createSource<string>>[] = [];
  const calls: Call[] = [];
  const service = pipeline({
    sampleRateHz: RATE,
    respond(turn, { signal }) {
      turns.push(turn);
      signals.push(signal);
      const source = createSource<string>();
      replies.push(source);
      return source;
    },
    synthesize(sentence, { signal }) {
      const source = createSource<Int16Array>();
      calls.push({ sentence, signal, source });
      return source;
    },
    ...options,
  });
  const connection = await service.connect({ grant, signal: new AbortController().signal, clock, onEvent: (event) => events.push(event) });
  open.push({ connection, clock });
  const settle = () => clock.advance(0);
  return {
    clock,
    events,
    turns,
    signals,
    replies,
    calls,
    connection,
    settle,
    /** Writes a reply to its end. */
    async reply(text: string) {
      replies.at(-1)?.push(text);
      replies.at(-1)?.end();
      await settle();
    },
    /** Ends the synthesis of the sentence with this number. */
    async speak(index: number) {
      const call = calls[index];
      call?.source.push(speechOf(call.sentence));
      call?.source.end();
      await settle();
    },
    async hear(...sounds: Int16Array[]) {
      for (const sound of sounds) {
        for (let start = 0; start < sound.length; start += 1600) {
          connection.sendAudio(sound.subarray(start, start + 1600));
          await clock.advance(sound.subarray(start, start + 1600).length / 16);
        }
      }
    },
    speechMs: () => events.reduce((sum, event) => sum + (event.type === 'speech' ? event.samples.length / (RATE / 1000) : 0), 0),
    /** Lengths of the sentences whose speech came, in order. */
    spoken: () => events.flatMap((event) => (event.type === 'speech' ? [event.samples[0]] : [])).filter((value, index, all) => value !== all[index - 1]),
    texts: (role: 'user' | 'assistant', final: boolean) =>
      events.flatMap((event) => (event.type === 'transcript' && event.role === role && event.final === final ? [event.text] : [])),
    count: (type: VoiceServiceEvent['type']) => events.filter((event) => event.type === type).length,
    reasons: () => events.flatMap((event) => (event.type === 'error' ? [`${event.error.reason}/${String(event.error.context['stage'])}`] : [])),
  };
}

const open: { readonly connection: VoiceConnection; readonly clock: ManualClock }[] = [];
afterEach(async () => {
  for (const { connection, clock } of open.splice(0)) {
    await connection.close();
    expect(clock.pending).toBe(0);
  }
});

describe('pipeline', () => {
  it('answers text sentence by sentence and says when all has been delivered', async () => {
    const test = await connect();
    await test.connection.sendText(' Hello? ');
    await test.settle();
    expect(test.turns).toEqual([{ text: 'Hello?', turnId: 1, history: [] }]);
    test.replies[0]?.push('Hi th', 'ere. How ');
    await test.settle();
    expect(test.calls.map(({ sentence }) => sentence)).toEqual(['Hi there.']);
    await test.speak(0);
    await test.reply('are you?');
    expect(test.calls.map(({ sentence }) => sentence)).toEqual(['Hi there.', 'How are you?']);
    expect(test.count('speech-end')).toBe(0);
    await test.speak(1);
    expect(test.spoken()).toEqual([9, 12]);
    expect(test.texts('user', true)).toEqual(['Hello?']);
    expect(test.texts('assistant', false)).toEqual(['Hi there.', 'Hi there. How are you?']);
    expect(test.texts('assistant', true)).toEqual(['Hi there. How are you?']);
    expect(test.events.map(({ type }) => type).at(-1)).toBe('speech-end');
    expect(test.reasons()).toEqual([]);
  });

  it('gives the next turn what was said before', async () => {
    const test = await connect();
    await test.connection.sendText('One?');
    await test.settle();
    await test.reply('First.');
    await test.speak(0);
    await test.connection.sendText('Two?');
    await test.settle();
    expect(test.turns[1]).toEqual({
      text: 'Two?',
      turnId: 2,
      history: [
        { role: 'user', text: 'One?' },
        { role: 'assistant', text: 'First.' },
      ],
    });
  });

  it('synthesises one sentence ahead and no more, and keeps the order', async () => {
    const test = await connect();
    await test.connection.sendText('Go');
    await test.settle();
    await test.reply('One. Three. Fifteen. Twenty-one.');
    expect(test.calls.map(({ sentence }) => sentence)).toEqual(['One.', 'Three.']);
    await test.speak(1);
    expect(test.speechMs()).toBe(0);
    await test.speak(0);
    expect(test.spoken()).toEqual([4, 6]);
    expect(test.calls.map(({ sentence }) => sentence)).toEqual(['One.', 'Three.', 'Fifteen.', 'Twenty-one.']);
    await test.speak(3);
    await test.speak(2);
    expect(test.spoken()).toEqual([4, 6, 8, 11]);
    expect(test.count('speech-end')).toBe(1);
  });

  it('delivers the first sound of a slow synthesiser before the sentence is whole', async () => {
    const test = await connect();
    await test.connection.sendText('Go');
    await test.settle();
    await test.reply('A slow sentence. Another.');
    const chunk = new Int16Array(80).fill(5);
    test.calls[0]?.source.push(chunk);
    chunk.fill(9); // its owner may reuse it... but only after it was read
    await test.settle();
    expect(test.speechMs()).toBe(10);
    expect(test.calls).toHaveLength(2);
  });

  it('keeps a second ahead of what is heard, and waits with the rest', async () => {
    const test = await connect({ synthesize: async (sentence) => speechOf(sentence) });
    const long = `${'word '.repeat(59)}end.`; // 299 characters: 2,990 ms
    await test.connection.sendText('Go');
    await test.settle();
    await test.reply(long);
    expect(test.speechMs()).toBeGreaterThanOrEqual(1000);
    expect(test.speechMs()).toBeLessThanOrEqual(1100);
    const before = test.speechMs();
    await test.clock.advance(1000);
    expect(test.speechMs() - before).toBeGreaterThanOrEqual(900);
    expect(test.speechMs() - before).toBeLessThanOrEqual(1100);
    await test.clock.advance(2000);
    expect(test.count('speech-end')).toBe(1);
  });

  it.each<[string, PipelineOptions['respond']]>([
    ['text', () => 'Hi you. Bye.'],
    ['a promise of text', async () => 'Hi you. Bye.'],
    ['a web stream', () => new ReadableStream<string>({ start: (stream) => (stream.enqueue('Hi yo'), stream.enqueue('u. Bye.'), stream.close()) })],
    ['a web stream that is not iterable', () => {
      const stream = new ReadableStream<string>({ start: (target) => (target.enqueue('Hi you. Bye.'), target.close()) });
      return { getReader: () => stream.getReader() } as unknown as ReadableStream<string>;
    }],
    ['a promise of a generator', async () => (async function* () { yield 'Hi you.'; yield ' Bye.'; })()],
  ])('takes %s for an answer', async (_what, respond) => {
    const test = await connect({ respond, synthesize: async (sentence) => speechOf(sentence) });
    await test.connection.sendText('Go');
    await test.settle();
    expect(test.spoken()).toEqual([7, 4]);
    expect(test.count('speech-end')).toBe(1);
  });

  it.each([[''], ['  \n ']])('ends cleanly when the answer is %j', async (text) => {
    const test = await connect({ respond: () => text });
    await test.connection.sendText('Go');
    await test.settle();
    expect(test.events.map(({ type }) => type)).toEqual(['connect', 'transcript', 'speech-end']);
  });

  it('does not synthesise marks alone', async () => {
    const test = await connect({ respond: () => 'Well. ...', synthesize: async (sentence) => speechOf(sentence) });
    await test.connection.sendText('Go');
    await test.settle();
    expect(test.spoken()).toEqual([5]);
    expect(test.texts('assistant', true)).toEqual(['Well. ...']);
  });

  describe('when something fails', () => {
    it('says the whole sentences that came before respond() threw', async () => {
      const cause = new Error('https://api.example/?key=secret');
      const test = await connect({
        async *respond() {
          yield 'One. Two.';
          yield ' Thr';
          throw cause;
        },
        synthesize: async (sentence) => speechOf(sentence),
      });
      await test.connection.sendText('Go');
      await test.settle();
      expect(test.reasons()).toEqual(['pipeline-failed/respond']);
      expect(test.texts('assistant', true)).toEqual(['One. Two.']);
      expect(test.count('speech-end')).toBe(1);
      const failure = test.events.find((event) => event.type === 'error');
      expect(failure?.error.cause).toBe(cause);
      expect(failure?.error.message).not.toContain('secret');
    });

    it.each<[string, PipelineOptions['respond']]>([
      ['throws at once', () => { throw new Error('no'); }],
      ['rejects', async () => Promise.reject(new Error('no'))],
      ['gives no text', () => 5 as unknown as string],
      ['streams no text', () => (async function* () { yield 5 as unknown as string; })()],
    ])('ends the turn cleanly when respond() %s', async (_how, respond) => {
      const test = await connect({ respond });
      await test.connection.sendText('Go');
      await test.settle();
      expect(test.reasons()).toEqual(['pipeline-failed/respond']);
      expect(test.count('speech-end')).toBe(1);
    });

    it('leaves out the sentence that could not be spoken and goes on', async () => {
      const test = await connect({
        respond: () => 'One. Broken. Three.',
        synthesize: async (sentence) => {
          if (sentence === 'Broken.') throw new Error('no');
          return speechOf(sentence);
        },
      });
      await test.connection.sendText('Go');
      await test.settle();
      expect(test.spoken()).toEqual([4, 6]);
      expect(test.reasons()).toEqual(['pipeline-failed/synthesize']);
      expect(test.texts('assistant', true)).toEqual(['One. Three.']);
      expect(test.count('speech-end')).toBe(1);
    });
  });

  describe('when interrupted', () => {
    it('aborts respond() while nothing has come of it', async () => {
      const test = await connect();
      await test.connection.sendText('Go');
      await test.settle();
      await test.connection.interrupt();
      expect(test.signals[0]?.aborted).toBe(true);
      await test.reply('Too late. Far too late.');
      expect(test.calls).toEqual([]);
      expect(test.replies[0]?.returned).toBe(true);
      expect(test.events.map(({ type }) => type)).toEqual(['connect', 'transcript']);
    });

    it('drops what a synthesiser gives that ignores its signal', async () => {
      const test = await connect();
      await test.connection.sendText('Go');
      await test.settle();
      await test.reply('First one. Second one. Third one.');
      await test.connection.interrupt();
      expect(test.calls.map(({ signal }) => signal.aborted)).toEqual([true, true]);
      await test.speak(0);
      await test.speak(1);
      await test.clock.advance(5000);
      expect(test.speechMs()).toBe(0);
      expect(test.calls).toHaveLength(2);
      expect(test.count('speech-end')).toBe(0);
    });

    it('delivers nothing more in mid-sentence, and remembers the words that were', async () => {
      const test = await connect();
      await test.connection.sendText('Go');
      await test.settle();
      await test.reply(`Short one. ${'word '.repeat(39)}end.`);
      await test.speak(0);
      await test.speak(1);
      const before = test.speechMs();
      expect(before).toBeGreaterThanOrEqual(1000);
      await test.connection.interrupt();
      await test.clock.advance(5000);
      expect(test.speechMs()).toBe(before);
      const said = test.texts('assistant', true);
      expect(said).toHaveLength(1);
      expect(said[0]).toMatch(/^Short one\.( word){15,22}$/);
      const settled = test.events.findLast((event) => event.type === 'transcript');
      expect(settled).toMatchObject({ text: said[0], final: true, unheard: expect.stringMatching(/^( word)+$/) as string });
      await test.connection.sendText('Again');
      await test.settle();
      expect(test.turns[1]?.history.at(-1)).toEqual({ role: 'assistant', text: said[0] });
    });

    it('does nothing when nobody speaks', async () => {
      const test = await connect();
      await test.connection.interrupt();
      await test.connection.sendText('Go');
      await test.settle();
      await test.reply('Yes.');
      await test.speak(0);
      await test.connection.interrupt();
      expect(test.texts('assistant', true)).toEqual(['Yes.']);
    });

    it('by a new text, lets the old turn end and asks for silence first', async () => {
      const test = await connect();
      await test.connection.sendText('One');
      await test.settle();
      await test.reply('First answer. More of it.');
      await test.speak(0);
      await test.connection.sendText('Two');
      await test.settle();
      expect(test.signals.map(({ aborted }) => aborted)).toEqual([true, false]);
      expect(test.calls[1]?.signal.aborted).toBe(true);
      await test.speak(1);
      await test.reply('Another.');
      await test.speak(2);
      expect(test.spoken()).toEqual([13, 8]);
      expect(test.events.map((event) => (event.type === 'transcript' ? `${event.role} ${event.text}${event.final ? '' : ' ...'}` : event.type))).toEqual([
        'connect',
        'user One',
        'assistant First answer. ...',
        'speech',
        'speech',
        'assistant First answer.',
        'interrupt',
        'user Two',
        'assistant Another. ...',
        'speech',
        'assistant Another.',
        'speech-end',
      ]);
    });

    it('does not come back after close()', async () => {
      const test = await connect();
      await test.connection.sendText('One');
      await test.settle();
      await test.reply('First. Second.');
      await test.connection.close();
      const before = test.events.length;
      await test.speak(0);
      await test.clock.advance(3000);
      expect(test.events.length).toBe(before);
      expect(test.signals[0]?.aborted).toBe(true);
      expect(test.connection.info()).toMatchObject({ service: 'pipeline', connected: false, ready: false });
      await expect(test.connection.sendText('Two')).rejects.toMatchObject({ reason: 'connection-lost' });
    });
  });

  describe('with transcribe()', () => {
    function createEar() {
      const heard: { readonly samples: Int16Array; readonly signal: AbortSignal; readonly resolve: (text: string) => void; readonly reject: (error: Error) => void }[] = [];
      const transcribe: PipelineOptions['transcribe'] = (samples, { signal, sampleRateHz }) => {
        expect(sampleRateHz).toBe(16_000);
        return new Promise((resolve, reject) => heard.push({ samples, signal, resolve, reject }));
      };
      return { heard, transcribe };
    }

    it('answers what the user said after a pause', async () => {
      const { heard, transcribe } = createEar();
      const test = await connect({ transcribe });
      await test.hear(quiet(500), tone(800), quiet(500));
      expect(heard).toHaveLength(0);
      await test.hear(quiet(200));
      expect(heard).toHaveLength(1);
      expect(heard[0]?.samples.length).toBeGreaterThanOrEqual(16 * 1400);
      heard[0]?.resolve(' What is it? ');
      await test.settle();
      expect(test.texts('user', true)).toEqual(['What is it?']);
      expect(test.turns.map(({ text }) => text)).toEqual(['What is it?']);
      expect(test.connection.info().sentAudioMs).toBe(2000);
    });

    it('makes no turn of noise', async () => {
      const { heard, transcribe } = createEar();
      const test = await connect({ transcribe });
      await test.hear(quiet(500), tone(300), quiet(900));
      heard[0]?.resolve('');
      await test.settle();
      expect(test.events.map(({ type }) => type)).toEqual(['connect']);
      expect(test.turns).toEqual([]);
    });

    it('falls silent as soon as the user speaks', async () => {
      const { heard, transcribe } = createEar();
      const test = await connect({ transcribe });
      await test.connection.sendText('Tell me');
      await test.settle();
      await test.reply(`${'word '.repeat(80)}end.`);
      for (let index = 0; index < 2; index++) await test.speak(index);
      await test.hear(quiet(300));
      expect(test.speechMs()).toBeGreaterThan(0);
      await test.hear(tone(150));
      expect(test.count('interrupt')).toBe(1);
      expect(test.signals[0]?.aborted).toBe(true);
      const before = test.speechMs();
      await test.hear(tone(500), quiet(700));
      heard[0]?.resolve('Stop it.');
      await test.settle();
      expect(test.speechMs()).toBe(before);
      expect(test.turns[1]?.text).toBe('Stop it.');
      expect(test.count('interrupt')).toBe(1);
    });

    it('in transcript mode falls silent when words are understood, and not for a cough', async () => {
      const { heard, transcribe } = createEar();
      const test = await connect({ transcribe, bargeIn: 'transcript' });
      await test.connection.sendText('Tell me');
      await test.settle();
      await test.reply(`${'word '.repeat(80)}end.`);
      for (let index = 0; index < 2; index++) await test.speak(index);
      await test.hear(quiet(300), tone(300), quiet(700));
      heard[0]?.resolve('');
      await test.settle();
      expect([test.count('interrupt'), test.signals[0]?.aborted]).toEqual([0, false]);
      await test.hear(tone(300), quiet(700));
      heard[1]?.resolve('Wait.');
      await test.settle();
      expect([test.count('interrupt'), test.signals[0]?.aborted]).toEqual([1, true]);
      expect(test.turns[1]?.text).toBe('Wait.');
    });

    it('answers all of a thought that was spoken with a pause in it', async () => {
      const { heard, transcribe } = createEar();
      const test = await connect({ transcribe });
      await test.hear(quiet(500), tone(400), quiet(700));
      heard[0]?.resolve('I would like');
      await test.settle();
      expect(test.turns.map(({ text }) => text)).toEqual(['I would like']);
      await test.hear(tone(400));
      expect(test.signals[0]?.aborted).toBe(true);
      await test.hear(quiet(700));
      heard[1]?.resolve('a cup of tea.');
      await test.settle();
      expect(test.turns[1]).toEqual({ text: 'I would like a cup of tea.', turnId: 2, history: [] });
      expect(test.texts('user', true)).toEqual(['I would like', 'a cup of tea.']);
      expect(test.count('interrupt')).toBe(0);
    });

    it('keeps the order of utterances when the later one is transcribed first', async () => {
      const { heard, transcribe } = createEar();
      const test = await connect({ transcribe });
      await test.hear(quiet(500), tone(400), quiet(700), tone(400), quiet(700));
      heard[1]?.resolve('two.');
      await test.settle();
      expect(test.turns).toEqual([]);
      heard[0]?.resolve('One,');
      await test.settle();
      expect(test.turns.map(({ text }) => text)).toEqual(['One, two.']);
    });

    it('reports a failed transcription and hears the next utterance', async () => {
      const { heard, transcribe } = createEar();
      const test = await connect({ transcribe });
      await test.hear(quiet(500), tone(400), quiet(700));
      heard[0]?.reject(new Error('no'));
      await test.settle();
      expect(test.reasons()).toEqual(['pipeline-failed/transcribe']);
      await test.hear(tone(400), quiet(700));
      heard[1]?.resolve('Hello.');
      await test.settle();
      expect(test.turns.map(({ text }) => text)).toEqual(['Hello.']);
    });

    it('forgets what is being transcribed when interrupted', async () => {
      const { heard, transcribe } = createEar();
      const test = await connect({ transcribe });
      await test.hear(quiet(500), tone(400), quiet(700));
      await test.connection.interrupt();
      expect(heard[0]?.signal.aborted).toBe(true);
      heard[0]?.resolve('Too late.');
      await test.settle();
      expect(test.turns).toEqual([]);
    });

    it('hears out the user whose own voice interrupts', async () => {
      const { heard, transcribe } = createEar();
      const test = await connect({ transcribe });
      await test.hear(quiet(500), tone(300));
      await test.connection.interrupt();
      await test.hear(tone(300), quiet(700));
      heard[0]?.resolve('Listen.');
      await test.settle();
      expect(test.turns.map(({ text }) => text)).toEqual(['Listen.']);
    });

    it('never gives two replies at once, also when a text was sent while the user spoke', async () => {
      const { heard, transcribe } = createEar();
      const test = await connect({ transcribe });
      await test.hear(quiet(500), tone(400));
      await test.connection.sendText('By the way');
      await test.settle();
      await test.reply('One answer. And more of it.');
      await test.speak(0);
      await test.hear(quiet(700));
      heard[0]?.resolve('What time is it?');
      await test.settle();
      expect(test.signals.map(({ aborted }) => aborted)).toEqual([true, false]);
      expect(test.count('interrupt')).toBe(1);
      await test.speak(1);
      expect(test.spoken()).toEqual([11]);
    });

    it('takes a microphone that is switched off for the end of the utterance', async () => {
      const { heard, transcribe } = createEar();
      const test = await connect({ transcribe });
      await test.hear(quiet(500), tone(400));
      await test.clock.advance(1500);
      expect(heard).toHaveLength(1);
      await test.hear(tone(400));
      test.connection.flushAudio();
      expect(heard).toHaveLength(2);
    });
  });

  it('refuses options that cannot work', () => {
    const good: PipelineOptions = { respond: () => '', synthesize: () => new Int16Array(), sampleRateHz: RATE };
    const bad = [{ respond: 'x' }, { synthesize: undefined }, { synthesize: 'x' }, { sampleRateHz: 0 }, { sampleRateHz: undefined }, { transcribe: 3 }, { hangoverMs: 0 }, { leadMs: -1 }];
    for (const wrong of bad) {
      expect(() => pipeline({ ...good, ...wrong } as unknown as PipelineOptions)).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
    }
  });

  it('rejects an attempt that was aborted, empty text and pictures', async () => {
    const service = pipeline({ respond: () => '', synthesize: () => new Int16Array(), sampleRateHz: RATE });
    expect([service.kind, service.grantRequest]).toEqual(['pipeline', null]);
    const attempt = service.connect({ grant, signal: AbortSignal.abort(), clock: createManualClock(), onEvent: () => undefined });
    await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
    const { connection } = await connect();
    await expect(connection.sendText('  ')).rejects.toMatchObject({ reason: 'invalid-options' });
    await expect(connection.sendImage({ bytes: new Uint8Array(1), format: 'png', width: 1, height: 1 })).rejects.toMatchObject({ reason: 'not-ready' });
  });
});
