import { afterEach, expect, it } from 'vitest';
import type { VoiceConnection, VoiceServiceEvent } from '../../../../src/services/service.js';
import { pipeline, type PipelineOptions, type PipelineTurn } from '../../../../src/services/pipeline/pipeline.js';
import { createManualClock, type ManualClock } from '../../../../src/testing/createManualClock.js';

const RATE = 8_000;
const grant = { version: 1, sessionId: 'test', expiresAt: 0 } as const;
/** 10 ms for each character of a sentence. */
const speechOf = (sentence: string) => new Int16Array(sentence.length * 80).fill(sentence.length);
const tone = (durationMs: number) => Int16Array.from({ length: durationMs * 16 }, (_, index) => Math.round(8000 * Math.sin(index / 5)));
const quiet = (durationMs: number) => Int16Array.from({ length: durationMs * 16 }, (_, index) => (index % 7) - 3);
const never = new AbortController().signal;

const open: { readonly connection: VoiceConnection; readonly clock: ManualClock }[] = [];
afterEach(async () => {
  for (const { connection, clock } of open.splice(0)) {
    await connection.close();
    expect(clock.pending).toBe(0);
  }
});

async function connect(options: Partial<PipelineOptions> = {}) {
  const clock = createManualClock();
  const events: VoiceServiceEvent[] = [];
  const sentences: string[] = [];
  const service = pipeline({
    synthesize(sentence) {
      sentences.push(sentence);
      return speechOf(sentence);
    },
    sampleRateHz: RATE,
    ...options,
  });
  const connection = await service.connect({ grant, signal: never, clock, onEvent: (event) => events.push(event) });
  open.push({ connection, clock });
  return {
    clock,
    events,
    sentences,
    connection,
    say: (text: AsyncIterable<string>, signal = never) => connection.sayText?.(text, { signal }) ?? Promise.reject(new Error('no sayText')),
    async hear(...sounds: Int16Array[]) {
      for (const sound of sounds) {
        connection.sendAudio(sound);
        await clock.advance(sound.length / 16);
      }
    },
    log: () => events.map((event) => (event.type === 'transcript' ? `${event.role} ${event.text}${event.final ? '' : ' ...'}` : event.type)).filter((line, index, all) => line !== all[index - 1]),
    speechMs: () => events.reduce((sum, event) => sum + (event.type === 'speech' ? event.samples.length / (RATE / 1000) : 0), 0),
  };
}

async function* words(...parts: string[]): AsyncGenerator<string, void> {
  for (const part of parts) yield part;
}

/** Text that hangs after its parts, and notes that it was told to stop. */
function hanging(...parts: string[]) {
  const source = {
    stopped: false,
    [Symbol.asyncIterator]: () => ({
      next: async (): Promise<IteratorResult<string>> => {
        const value = parts.shift();
        return value === undefined ? new Promise(() => undefined) : { done: false, value };
      },
      return: async (): Promise<IteratorResult<string>> => {
        source.stopped = true;
        return { done: true, value: undefined };
      },
    }),
  };
  return source;
}

it('says text sentence by sentence as speech, with its transcript, and resolves when all has been delivered', async () => {
  const test = await connect();
  let done = false;
  const saying = test.say(words('Wel', 'come. Take ', 'a seat.')).then(() => (done = true));
  await test.clock.advance(0);
  expect(test.sentences).toEqual(['Welcome.', 'Take a seat.']);
  await saying;
  expect(done).toBe(true);
  expect(test.speechMs()).toBe(200);
  expect(test.log()).toEqual(['connect', 'assistant Welcome. ...', 'speech', 'assistant Welcome. Take a seat. ...', 'speech', 'assistant Welcome. Take a seat.', 'speech-end']);
});

it('keeps at most leadMs ahead of what is heard, so it resolves about when it has been heard', async () => {
  const test = await connect();
  let done = false;
  void test.say(words(`${'word '.repeat(59)}end.`)).then(() => (done = true));
  await test.clock.advance(1500);
  expect([done, test.speechMs() <= 2600]).toEqual([false, true]);
  await test.clock.advance(1000);
  // Less the white space between its pieces.
  expect([done, test.speechMs() >= 2900]).toEqual([true, true]);
});

it('needs no respond(); then a text to answer is refused, and what the user says is written down for the application', async () => {
  const test = await connect({ transcribe: async () => 'Anybody there?' });
  await expect(test.connection.sendText('Hello?')).rejects.toMatchObject({ reason: 'not-ready', message: expect.stringContaining('session.speak(text)') as string });
  await test.hear(quiet(500), tone(800), quiet(800));
  expect(test.log()).toEqual(['connect', 'user Anybody there?']);
  await test.say(words('Yes.'));
  expect(test.log().at(-1)).toBe('speech-end');
});

it('waits until the present answer has been delivered, and becomes part of what was said before', async () => {
  const turns: PipelineTurn[] = [];
  const test = await connect({
    respond(turn) {
      turns.push(turn);
      return turns.length === 1 ? `${'word '.repeat(39)}end.` : 'Fine.';
    },
  });
  await test.connection.sendText('Go');
  await test.clock.advance(0);
  const saying = test.say(words('An announcement.'));
  await test.clock.advance(500);
  expect(test.sentences).not.toContain('An announcement.');
  await test.clock.advance(3000);
  await saying;
  await test.connection.sendText('And?');
  await test.clock.advance(0);
  expect(turns[1]?.history.map(({ text }) => text.slice(-4))).toEqual(['Go', 'end.', 'ent.']);
});

it.each(['while it is said', 'while it waits'])('is cut short by its signal %s: the text is told to stop and nothing more is delivered', async (when) => {
  const test = await connect({ respond: () => `${'word '.repeat(39)}end.` });
  if (when === 'while it waits') {
    await test.connection.sendText('Go');
    await test.clock.advance(0);
  }
  const controller = new AbortController();
  const text = hanging('First one. ', 'Second');
  const saying = test.say(text, controller.signal);
  await test.clock.advance(10);
  controller.abort();
  await saying;
  const before = test.sentences.length;
  await test.clock.advance(5000);
  expect(test.sentences.filter((sentence) => sentence.startsWith('First'))).toHaveLength(when === 'while it waits' ? 0 : 1);
  expect(test.sentences.length).toBeGreaterThanOrEqual(before);
  expect(test.events.at(-1)?.type).toBe('speech-end');
  expect(text.stopped).toBe(when !== 'while it waits');
});

it('ends with an interrupt of the connection, and is no error', async () => {
  const test = await connect();
  const text = hanging('First one. ');
  const saying = test.say(text);
  await test.clock.advance(10);
  await test.connection.interrupt();
  await saying;
  expect([text.stopped, test.log().at(-1)]).toEqual([true, 'assistant First one.']);
});

it('gives way to the user, also before anything of it sounded, and is not answered for', async () => {
  const turns: PipelineTurn[] = [];
  const test = await connect({
    transcribe: async () => 'Wait.',
    respond(turn) {
      turns.push(turn);
      return 'Yes?';
    },
    synthesize: () => new Promise<Int16Array>(() => undefined),
  });
  await test.hear(quiet(500));
  const saying = test.say(words('An announcement.'));
  await test.hear(tone(600));
  await saying;
  expect(test.log()).toEqual(['connect', 'interrupt']);
  await test.hear(quiet(800));
  expect(turns.map(({ text }) => text)).toEqual(['Wait.']);
});

it('gives way to a text that is to be answered', async () => {
  const test = await connect({ respond: () => 'An answer.' });
  const saying = test.say(hanging('First one. '));
  await test.clock.advance(10);
  await test.connection.sendText('Stop');
  await saying;
  await test.clock.advance(500);
  expect(test.log()).toEqual(['connect', 'assistant First one. ...', 'speech', 'assistant First one.', 'interrupt', 'user Stop', 'assistant An answer. ...', 'speech', 'assistant An answer.', 'speech-end']);
});

it('stops at once when the text throws, and rejects with what it threw', async () => {
  const test = await connect();
  const thrown = new Error('the model broke');
  const saying = test.say((async function* () {
    yield `${'word '.repeat(59)}end. `;
    throw thrown;
  })());
  await expect(saying).rejects.toBe(thrown);
  const before = test.speechMs();
  await test.clock.advance(5000);
  expect(test.speechMs()).toBe(before);
  expect(test.events.filter(({ type }) => type === 'error')).toEqual([]);
});

it('leaves out a sentence that cannot be spoken, and reports it', async () => {
  const test = await connect({ synthesize: async (sentence) => (sentence === 'Broken.' ? Promise.reject(new Error('no')) : speechOf(sentence)) });
  await test.say(words('One. Broken. Three.'));
  expect(test.speechMs()).toBe(100);
  expect(test.log()).toContain('error');
});

it.each([[''], ['  \n']])('resolves for text that says nothing: %j', async (text) => {
  const test = await connect();
  await test.say(words(text));
  expect(test.speechMs()).toBe(0);
});

it('rejects when the conversation ends before it has been said', async () => {
  const test = await connect();
  const saying = test.say(hanging('First one. '));
  await test.clock.advance(10);
  const refused = expect(saying).rejects.toMatchObject({ reason: 'connection-lost' });
  await test.connection.close();
  await refused;
  await expect(test.say(words('More.'))).rejects.toMatchObject({ reason: 'connection-lost' });
});
