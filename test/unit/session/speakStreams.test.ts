import { afterEach, describe, expect, it } from 'vitest';
import type { Speech, SpeakOptions } from '../../../src/session/AvatarSession.js';
import { createSpeaker, type SpeechSink } from '../../../src/session/createSpeaker.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

const ramp = (length: number, start = 0) => Int16Array.from({ length }, (_, index) => (start + index) % 30_000);
const ms = (durationMs: number, start = 0) => ramp(durationMs * 16, start);

/** A stream that the test writes; it counts what was read of it and notes how it ended. */
function createSource<T>(...items: (T | Error)[]) {
  let wake = () => {};
  let ended = false;
  const source = {
    pulled: 0,
    cancelled: false,
    async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
      try {
        for (;;) {
          const item = items.shift();
          if (item instanceof Error) throw item;
          if (item !== undefined) {
            source.pulled++;
            yield item;
          } else if (ended) {
            return;
          } else {
            await new Promise<void>((resolve) => (wake = resolve));
          }
        }
      } finally {
        if (!ended) source.cancelled = true;
      }
    },
    give(...more: (T | Error)[]) {
      items.push(...more);
      wake();
    },
    end() {
      ended = true;
      wake();
      return source;
    },
  };
  return source;
}

function setUp(connected = true) {
  const clock = createManualClock();
  const sent: { readonly atMs: number; readonly samples: Int16Array }[] = [];
  const calls: string[] = [];
  const words: string[] = [];
  const texts: { readonly signal: AbortSignal; readonly resolve: () => void }[] = [];
  let sink: SpeechSink | null = connected
    ? {
        sendAudio(samples) {
          sent.push({ atMs: clock.now(), samples: samples.slice() });
          return 0;
        },
        flushAudio: () => void calls.push('flush'),
      }
    : null;
  let voice: Parameters<typeof createSpeaker>[0]['sayText'] = () => async (text, { signal }) => {
    calls.push('say');
    for await (const part of text) words.push(part);
    await new Promise<void>((resolve) => texts.push({ signal, resolve }));
  };
  const speaker = createSpeaker({ clock, connection: () => sink, sayText: () => voice(), onChange: (speaking) => void calls.push(speaking ? 'speaking' : 'silent') });
  clocks.push(clock);
  return {
    clock,
    sent,
    calls,
    words,
    texts,
    speaker,
    speak: (speech: Speech, options: SpeakOptions = {}) => speaker.speak(speech, options),
    /** A caller without types. */
    speakAnything: (speech: unknown, options: object = {}) => speaker.speak(speech as Speech, options),
    setSink: (next: SpeechSink | null) => (sink = next),
    setVoice: (next: typeof voice) => (voice = next),
    samples: () => sent.flatMap(({ samples }) => [...samples]),
    sentMs: () => sent.reduce((sum, { samples }) => sum + samples.length / 16, 0),
  };
}

const clocks: ReturnType<typeof createManualClock>[] = [];
afterEach(() => {
  for (const clock of clocks.splice(0)) expect(clock.pending).toBe(0);
});

describe('a stream of samples', () => {
  it.each([1, 7, 161, 1024, 16_001])('is said sample for sample, at speaking pace, in chunks of %i', async (size) => {
    const test = setUp();
    const all = ms(1500);
    const chunks: Int16Array[] = [];
    for (let start = 0; start < all.length; start += size) chunks.push(all.slice(start, start + size), new Int16Array(0));
    const speaking = test.speak(createSource(...chunks).end());
    await test.clock.advance(500);
    expect(test.sentMs()).toBeGreaterThan(600);
    expect(test.sentMs()).toBeLessThanOrEqual(700);
    await test.clock.advance(1000);
    await expect(speaking).resolves.toEqual({ interrupted: false, sentMs: 1500 });
    expect(test.samples()).toEqual([...all]);
    expect(test.calls).toEqual(['speaking', 'flush', 'silent']);
  });

  it('takes a web stream, and a chunk whose array the application fills again', async () => {
    const test = setUp();
    const chunk = new Int16Array(160);
    let count = 0;
    const stream = new ReadableStream<Int16Array>({
      pull(controller) {
        if (++count > 5) return controller.close();
        controller.enqueue(chunk.fill(count));
      },
    }, { highWaterMark: 0 });
    const speaking = test.speak(stream);
    await test.clock.advance(100);
    await expect(speaking).resolves.toEqual({ interrupted: false, sentMs: 50 });
    expect(test.samples().filter((_, index) => index % 160 === 0)).toEqual([1, 2, 3, 4, 5]);
  });

  it('is pulled two seconds ahead and no more, however fast it could come', async () => {
    const test = setUp();
    const source = createSource(...Array.from({ length: 600 }, () => ms(100)));
    const speaking = test.speak(source);
    await test.clock.advance(0);
    expect(source.pulled).toBeLessThanOrEqual(23);
    await test.clock.advance(3000);
    expect(source.pulled).toBeGreaterThanOrEqual(50);
    expect(source.pulled).toBeLessThanOrEqual(53);
    test.speaker.cancel();
    await expect(speaking).resolves.toEqual({ interrupted: true, sentMs: expect.any(Number) as number });
    expect(source.cancelled).toBe(true);
  });

  it('waits for one that is slower than speech, says what comes at once and none of it faster', async () => {
    const test = setUp();
    const source = createSource(ms(100));
    const speaking = test.speak(source);
    await test.clock.advance(1000);
    expect(test.sentMs()).toBe(100);
    expect(test.clock.pending).toBe(0);
    expect(test.calls).toEqual(['speaking', 'flush']);
    source.give(ms(2000));
    await test.clock.advance(0);
    expect(test.sentMs()).toBe(300);
    expect(test.sent.at(-1)?.atMs).toBe(1000);
    await test.clock.advance(1000);
    expect(test.sentMs()).toBeLessThanOrEqual(1300);
    source.end();
    await test.clock.advance(1000);
    await expect(speaking).resolves.toEqual({ interrupted: false, sentMs: 2100 });
  });

  it('ends well when it holds nothing', async () => {
    const test = setUp();
    await expect(test.speak(createSource<Int16Array>().end())).resolves.toEqual({ interrupted: false, sentMs: 0 });
    const empty = test.speak(createSource(new Int16Array(0)).end());
    await test.clock.advance(50);
    await expect(empty).resolves.toEqual({ interrupted: false, sentMs: 0 });
    expect(test.sent).toEqual([]);
  });

  it.each<[string, (test: ReturnType<typeof setUp>, controller: AbortController) => void]>([
    ['cancel()', ({ speaker }) => speaker.cancel()],
    ['its signal', (_test, controller) => controller.abort()],
  ])('is cut short by %s: its source is told, and nothing more of it is sent', async (_how, stop) => {
    const test = setUp();
    const controller = new AbortController();
    const source = createSource(ms(1000));
    const speaking = test.speak(source, { signal: controller.signal });
    await test.clock.advance(100);
    stop(test, controller);
    await expect(speaking).resolves.toEqual({ interrupted: true, sentMs: test.sentMs() });
    const before = test.sent.length;
    source.give(ms(1000));
    await test.clock.advance(2000);
    expect(source.cancelled).toBe(true);
    expect(test.sent.length).toBe(before);
  });

  it('is told to stop also while a read of it hangs, when it is a web stream', async () => {
    const test = setUp();
    let cancelled = false;
    const stream = new ReadableStream<Int16Array>({ cancel: () => void (cancelled = true) });
    const speaking = test.speak(stream);
    await test.clock.advance(10);
    test.speaker.cancel();
    await expect(speaking).resolves.toEqual({ interrupted: true, sentMs: 0 });
    expect(cancelled).toBe(true);
  });

  it('is told to stop also while it still waits for its turn', async () => {
    const test = setUp();
    const controller = new AbortController();
    let cancelled = false;
    const first = test.speak(ms(1000));
    const second = test.speak(new ReadableStream<Int16Array>({ cancel: () => void (cancelled = true) }), { signal: controller.signal });
    controller.abort();
    await expect(second).resolves.toEqual({ interrupted: true, sentMs: 0 });
    expect(cancelled).toBe(true);
    await test.clock.advance(1000);
    await expect(first).resolves.toEqual({ interrupted: false, sentMs: 1000 });
  });

  it.each([new Error('the synthesiser broke'), 'no error at all'])('that throws stops at once and hands back %s', async (thrown: unknown) => {
    const test = setUp();
    const speaking = test.speak((async function* () {
      yield ms(1000);
      throw thrown; // whatever an application throws
    })());
    await expect(speaking).rejects.toBe(thrown);
    await test.clock.advance(2000);
    expect(test.sentMs()).toBeLessThanOrEqual(200);
    const next = test.speak(ms(10));
    await expect(next).resolves.toEqual({ interrupted: false, sentMs: 10 });
  });

  it.each([8_000, 24_000, 44_100, 48_000])('of %i Hz is converted without seams, and none of it is lost at either end', async (sampleRateHz) => {
    const test = setUp();
    const tone = Int16Array.from({ length: sampleRateHz }, (_, index) => Math.round(8000 * Math.cos((2 * Math.PI * 440 * index) / sampleRateHz)));
    const chunks: Int16Array[] = [];
    for (let start = 0; start < tone.length; start += 777) chunks.push(tone.slice(start, start + 777));
    const speaking = test.speak(createSource(...chunks).end(), { sampleRateHz });
    await test.clock.advance(1500);
    await expect(speaking).resolves.toEqual({ interrupted: false, sentMs: 1000 });
    const samples = test.samples();
    expect(samples).toHaveLength(16_000);
    const worst = samples.slice(200, -200).reduce((most, sample, index) => Math.max(most, Math.abs(sample - 8000 * Math.cos((2 * Math.PI * 440 * (index + 200)) / 16_000))), 0);
    // Within the rounding of the filter's delay to whole samples.
    expect(worst).toBeLessThan(800);
  });

  it('in stereo is mixed down, cut anywhere', async () => {
    const test = setUp();
    const stereo = Int16Array.from({ length: 3200 }, (_, index) => (index % 2 === 0 ? 1000 : 3000));
    const speaking = test.speak(createSource(stereo.slice(0, 1), stereo.slice(1, 1002), stereo.slice(1002)).end(), { channels: 2 });
    await test.clock.advance(200);
    await expect(speaking).resolves.toEqual({ interrupted: false, sentMs: 100 });
    expect(test.samples()).toEqual(Array.from({ length: 1600 }, () => 2000));
  });

  it('waits while there is no connection, and goes on where it was', async () => {
    const test = setUp();
    const source = createSource(ms(500), ms(500, 8000));
    const speaking = test.speak(source.end());
    await test.clock.advance(200);
    const taken: number[] = [];
    test.setSink(null);
    await test.clock.advance(5000);
    test.setSink({ sendAudio: (samples) => (taken.push(...samples), 0), flushAudio: () => undefined });
    await test.clock.advance(1000);
    await expect(speaking).resolves.toEqual({ interrupted: false, sentMs: 1000 });
    expect([...test.samples(), ...taken]).toEqual([...ms(1000)]);
  });
});

describe('what was sent', () => {
  it('does not count what a congested connection has dropped', async () => {
    const test = setUp();
    let calls = 0;
    test.setSink({ sendAudio: (samples) => (++calls === 1 ? samples.length / 16 : 0), flushAudio: () => undefined });
    const speaking = test.speak(ms(1000));
    await test.clock.advance(1000);
    await expect(speaking).resolves.toEqual({ interrupted: false, sentMs: 800 });
  });

  it('does not count what another thread tells of only at the end, also when it was cut short', async () => {
    const test = setUp();
    const speech = { send: () => 0, settle: () => Promise.resolve(300) };
    test.setSink({ sendAudio: () => 0, flushAudio: () => undefined, speech });
    const whole = test.speak(ms(1000));
    await test.clock.advance(1000);
    await expect(whole).resolves.toEqual({ interrupted: false, sentMs: 700 });
    const stop = new AbortController();
    const cut = test.speak(ms(1000), { signal: stop.signal });
    await test.clock.advance(400);
    stop.abort();
    const { interrupted, sentMs } = await cut;
    expect(interrupted).toBe(true);
    expect(sentMs).toBeGreaterThan(0);
    expect(sentMs).toBeLessThanOrEqual(600 - 300);
  });

  it('cannot be samples where an avatar hears through its room alone', async () => {
    const test = setUp();
    test.setSink({ inputFormat: null, sendAudio: () => 0, flushAudio: () => undefined });
    let cancelled = false;
    const stream = new ReadableStream<Int16Array>({ start: (controller) => controller.enqueue(ms(100)), cancel: () => void (cancelled = true) });
    await expect(test.speak(stream)).rejects.toMatchObject({ reason: 'not-ready', message: expect.stringContaining('text') as string });
    expect(cancelled).toBe(true);
  });
});

describe('text', () => {
  it('is said by the service, whole or as it comes; its length only the service knows', async () => {
    const test = setUp();
    const first = test.speak('Hello.');
    const second = test.speak(createSource('How ', 'are ', 'you?').end());
    await test.clock.advance(10);
    expect(test.words).toEqual(['Hello.']);
    test.texts[0]?.resolve();
    await expect(first).resolves.toEqual({ interrupted: false, sentMs: null });
    await test.clock.advance(10);
    expect(test.words).toEqual(['Hello.', 'How ', 'are ', 'you?']);
    test.texts[1]?.resolve();
    await expect(second).resolves.toEqual({ interrupted: false, sentMs: null });
    expect(test.calls).toEqual(['speaking', 'say', 'say', 'silent']);
  });

  it('and samples and files are said one after the other, in the order of the calls', async () => {
    const test = setUp();
    const wav = new Blob([Uint8Array.from([...new TextEncoder().encode('RIFF')])]);
    const said: string[] = [];
    const done = (name: string) => () => void said.push(name);
    const all = [
      test.speak(ms(300)).then(done('samples')),
      test.speak('Words.').then(done('text')),
      test.speak(wav).catch(done('file')),
      test.speak(createSource(ms(100)).end()).then(done('stream')),
    ];
    await test.clock.advance(500);
    expect(said).toEqual(['samples']);
    expect(test.sentMs()).toBe(300);
    test.texts[0]?.resolve();
    await expect.poll(() => said).toContain('file');
    await test.clock.advance(200);
    await Promise.all(all);
    expect(said).toEqual(['samples', 'text', 'file', 'stream']);
  });

  it('is cut short by an interrupt, which the service and the source are told', async () => {
    const test = setUp();
    const source = createSource('One. ');
    let signal: AbortSignal | undefined;
    test.setVoice(() => async (text, options) => {
      signal = options.signal;
      for await (const part of text) test.words.push(part);
    });
    const speaking = test.speak(source);
    await test.clock.advance(10);
    test.speaker.cancel();
    await expect(speaking).resolves.toEqual({ interrupted: true, sentMs: null });
    expect(signal?.aborted).toBe(true);
    source.give('Two. ');
    await test.clock.advance(10);
    expect([test.words, source.cancelled]).toEqual([['One. '], true]);
  });

  it('whose stream throws stops at once and hands back what it threw, whatever the service makes of it', async () => {
    const test = setUp();
    const thrown = new Error('the model broke');
    let signal: AbortSignal | undefined;
    test.setVoice(() => async (text, options) => {
      signal = options.signal;
      try {
        for await (const part of text) test.words.push(part);
      } catch {
        return; // a service that hides it
      }
    });
    await expect(test.speak(createSource<string>('One. ', thrown))).rejects.toBe(thrown);
    expect(signal?.aborted).toBe(true);
  });

  it('needs a service that has a voice, and the refusal says which ones have', async () => {
    const test = setUp();
    test.setVoice(() => null);
    const refused = expect.objectContaining({ reason: 'not-ready', message: expect.stringContaining('pipeline()') as string }) as Error;
    await expect(test.speak('Hello.')).rejects.toEqual(refused);
    const source = createSource('Hello.');
    await expect(test.speak(source)).rejects.toEqual(refused);
    expect(source.cancelled).toBe(true);
    expect(test.speaker.speaking).toBe(false);
  });

  it('that a service fails to say rejects with the reason of the service', async () => {
    const test = setUp();
    const failure = new Error('no');
    test.setVoice(() => () => Promise.reject(failure));
    await expect(test.speak('Hello.')).rejects.toBe(failure);
  });
});

describe('what cannot be said', () => {
  it.each<[string, unknown, RegExp]>([
    ['floats', new Float32Array(4), /Scale them/],
    ['bytes', new Uint8Array(4), /new Int16Array\(bytes\.buffer/],
    ['an odd number of bytes', new Uint8Array(5), /odd number of bytes \(5\)/],
    ['a buffer', new ArrayBuffer(4), /Blob\(\[bytes\]\)/],
    ['an array', [1, 2], /Int16Array\.from/],
    ['a number', 5, /a number/],
    ['nothing', undefined, /nothing/],
    ['another object', {}, /an object/],
  ])('is refused with the way to convert it: %s', async (_what, value, message) => {
    const test = setUp();
    const refused = { reason: 'audio-invalid', message: expect.stringMatching(message) as string };
    await expect(test.speakAnything(value)).rejects.toMatchObject(refused);
    const first = createSource(value as Int16Array);
    if (value !== undefined) {
      await expect(test.speakAnything(first)).rejects.toMatchObject(refused);
      expect(first.cancelled).toBe(true);
    }
    const later = createSource(ms(10), value as Int16Array);
    if (value !== undefined) await expect(test.speakAnything(later)).rejects.toMatchObject(refused);
    expect(test.speaker.speaking).toBe(false);
  });

  it.each<[string, unknown, unknown]>([
    ['samples, then text', ms(10), 'text'],
    ['text, then samples', 'text', ms(10)],
  ])('is a stream of both: %s', async (_what, first, second) => {
    const test = setUp();
    const source = createSource<unknown>(first, second);
    const speaking = test.speakAnything(source);
    await expect(speaking).rejects.toMatchObject({ reason: 'audio-invalid', message: expect.stringContaining('Call speak() once for each') as string });
    expect(source.cancelled).toBe(true);
  });

  it.each([{ sampleRateHz: 999 }, { sampleRateHz: 768_001 }, { sampleRateHz: Number.NaN }, { sampleRateHz: '16000x' }, { channels: 3 }, { channels: 0 }])('has a format that is none: %j', async (options) => {
    const test = setUp();
    await expect(test.speakAnything(ms(10), options)).rejects.toMatchObject({ reason: 'invalid-options' });
    await expect(test.speakAnything(createSource(ms(10)), options)).rejects.toMatchObject({ reason: 'invalid-options' });
  });

  it('is half a frame of stereo', async () => {
    const test = setUp();
    await expect(test.speak(new Int16Array(3), { channels: 2 })).rejects.toMatchObject({ reason: 'audio-invalid' });
    const even = test.speak(Int16Array.of(100, 300), { channels: 2 });
    await even;
    expect(test.samples()).toEqual([200]);
  });

  it('is a stream that somebody else reads', async () => {
    const test = setUp();
    const stream = new ReadableStream<Int16Array>();
    stream.getReader();
    await expect(test.speak(stream)).rejects.toMatchObject({ reason: 'audio-invalid', message: expect.stringContaining('tee()') as string });
  });
});
