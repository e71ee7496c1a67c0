import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../src/testing/createManualClock.js';
import { createAudioConsumer } from '../../../src/turn-taking/createAudioConsumer.js';
import { createSpeechPacer, type SpeechPacerOptions } from '../../../src/turn-taking/createSpeechPacer.js';

const FRAME = 160;
const frames = (count: number, value = 1) => new Int16Array(count * FRAME).fill(value);

function consumerAt50Ms() {
  const clock = createManualClock();
  const sent: string[] = [];
  const consumer = createAudioConsumer({ clock, sampleRateHz: 16_000, send: (samples) => sent.push(`${samples.length / FRAME}@${clock.now()}`) });
  async function run(untilMs: number): Promise<number[]> {
    const results: number[] = [];
    for (; clock.now() <= untilMs; await clock.advance(50)) results.push(consumer.consume());
    return results;
  }
  return { clock, sent, consumer, run };
}

describe('createAudioConsumer', () => {
  it('sends 100 ms at once and the rest in real time', async () => {
    const { sent, consumer, run } = consumerAt50Ms();
    consumer.push(frames(30));
    expect(await run(400)).toEqual([0, 5, 10, 15, 20, 0, 0, -2, -2]);
    expect(sent).toEqual(['10@0', '5@50', '5@100', '5@150', '5@200']);
  });

  it('is completed 300 ms after it last had something to send', async () => {
    const { clock, consumer, run } = consumerAt50Ms();
    expect(consumer.completed).toBe(true);
    consumer.push(frames(30));
    expect(consumer.completed).toBe(false);
    await run(450);
    expect([clock.now(), consumer.completed]).toEqual([500, false]);
    await clock.advance(1);
    expect(consumer.completed).toBe(true);
  });

  it('keeps less than 100 ms waiting until told that it is the end', async () => {
    const { sent, consumer, run } = consumerAt50Ms();
    consumer.push(frames(9));
    expect(await run(200)).toEqual([-2, -2, -2, -2, -2]);
    consumer.end();
    expect(await run(300)).toEqual([0, 0]);
    expect(sent).toEqual(['9@250']);
    expect(consumer.bufferedMs).toBe(0);
  });

  it('fills up the last frame with silence', () => {
    const sent: Int16Array[] = [];
    const consumer = createAudioConsumer({ clock: createManualClock(), sampleRateHz: 16_000, send: (samples) => sent.push(samples) });
    consumer.push(new Int16Array(200).fill(7));
    consumer.end();
    consumer.consume();
    expect(sent.map((samples) => [...samples])).toEqual([[...new Array<number>(200).fill(7), ...new Array<number>(120).fill(0)]]);
  });

  it('waits for 100 ms again when more comes after the end', () => {
    const { sent, consumer } = consumerAt50Ms();
    consumer.push(frames(2));
    consumer.end();
    consumer.push(frames(2));
    expect(consumer.consume()).toBe(-2);
    consumer.end();
    expect(consumer.consume()).toBe(0);
    expect(sent).toEqual(['4@0']);
  });

  it('drops what waits when cleared, and everything once closed', () => {
    const { sent, consumer } = consumerAt50Ms();
    consumer.push(frames(20));
    consumer.clear();
    consumer.end();
    expect(consumer.consume()).toBe(-2);
    consumer.push(frames(20));
    consumer.close();
    consumer.push(frames(20));
    expect([consumer.consume(), consumer.bufferedMs, consumer.completed]).toEqual([-1, 0, false]);
    expect(sent).toEqual([]);
  });

  it('refuses a rate without whole frames', () => {
    expect(() => createAudioConsumer({ clock: createManualClock(), sampleRateHz: 11_025, send: () => undefined })).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  });
});

describe('createSpeechPacer', () => {
  function pacerWith(options: Partial<SpeechPacerOptions> = {}) {
    const clock = createManualClock();
    const sent: { readonly atMs: number; readonly samples: Int16Array }[] = [];
    const completions: number[] = [];
    const pacer = createSpeechPacer({
      clock,
      sampleRateHz: 16_000,
      send: (samples) => sent.push({ atMs: clock.now(), samples }),
      onComplete: () => completions.push(clock.now()),
      ...options,
    });
    return { clock, sent, completions, pacer, sentMs: () => sent.reduce((sum, { samples }) => sum + samples.length / 16, 0) };
  }

  it('sends a whole reply in real time, 100 ms ahead, and says when it has been heard', async () => {
    const { clock, sent, completions, pacer, sentMs } = pacerWith();
    pacer.push(frames(200));
    expect(sentMs()).toBe(100);
    for (let elapsedMs = 50; elapsedMs <= 1850; elapsedMs += 50) {
      await clock.advance(50);
      expect(sentMs()).toBe(elapsedMs + 100);
    }
    await clock.advance(3000);
    expect(sentMs()).toBe(2000);
    expect(sent.every(({ samples }) => samples.every((sample) => sample === 1))).toBe(true);
    expect(completions).toHaveLength(1);
    expect(completions[0]).toBeGreaterThan(2000);
    expect([clock.pending, pacer.active]).toEqual([0, false]);
  });

  it('begins as soon as 100 ms have come, however they are portioned', async () => {
    const { clock, sent, pacer } = pacerWith();
    for (let portion = 0; portion < 9; portion++) pacer.push(frames(1));
    expect(sent).toEqual([]);
    await clock.advance(7);
    pacer.push(frames(1));
    expect(sent.map(({ atMs, samples }) => [atMs, samples.length])).toEqual([[7, 10 * FRAME]]);
  });

  it('sends the tail at once when told, and soon when not', async () => {
    const told = pacerWith();
    told.pacer.push(frames(3));
    told.pacer.end();
    expect(told.sentMs()).toBe(30);
    const untold = pacerWith();
    untold.pacer.push(frames(3));
    await untold.clock.advance(199);
    expect(untold.sentMs()).toBe(0);
    await untold.clock.advance(1);
    expect(untold.sentMs()).toBe(30);
    await untold.clock.advance(1000);
    expect(untold.clock.pending).toBe(0);
  });

  it('sends nothing after it was cleared, and takes the next reply', async () => {
    const { clock, completions, pacer, sentMs } = pacerWith();
    pacer.push(frames(100));
    await clock.advance(200);
    const before = sentMs();
    pacer.clear();
    expect([clock.pending, pacer.active, pacer.bufferedMs]).toEqual([0, false, 0]);
    await clock.advance(1000);
    expect([sentMs(), completions]).toEqual([before, []]);
    pacer.push(frames(20));
    await clock.advance(1000);
    expect(sentMs()).toBe(before + 200);
    expect(completions).toHaveLength(1);
  });

  it('may be closed by the one who takes the samples', async () => {
    const { clock, pacer } = pacerWith({ send: () => pacer.close() });
    pacer.push(frames(50));
    expect(clock.pending).toBe(0);
    pacer.push(frames(50));
    pacer.end();
    expect([clock.pending, pacer.active]).toEqual([0, false]);
  });
});
