// Source: agora/rtc/utils/audio_consumer.py of Agora's Python server SDK 2.4.9; what it answered to random input is in the fixture.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../src/testing/createManualClock.js';
import { createAudioConsumer } from '../../src/turn-taking/createAudioConsumer.js';

type Step = ['push', bytes: number] | ['clear'] | ['consume', sinceMs: number, result: number, sentBytes: number, completed: 0 | 1];
interface Case {
  readonly sampleRate: number;
  readonly channels: number;
  readonly steps: readonly Step[];
}

const golden = JSON.parse(readFileSync(new URL('../fixtures/agora-golden.json', import.meta.url), 'utf8')) as { readonly audioConsumer: readonly Case[] };

describe("pacing as Agora's AudioConsumer does", () => {
  it.each(golden.audioConsumer.map((entry, index) => ({ ...entry, index })))('answers recording $index alike ($sampleRate Hz, $channels channels)', async ({ sampleRate, channels, steps }) => {
    const clock = createManualClock();
    let sent: Int16Array[] = [];
    let pushed = 0;
    let taken = 0;
    const queue: number[] = [];
    const consumer = createAudioConsumer({ clock, sampleRateHz: sampleRate, channels, send: (samples) => sent.push(samples) });
    for (const [index, step] of steps.entries()) {
      if (step[0] === 'push') {
        const samples = Int16Array.from({ length: step[1] / 2 }, () => (pushed++ % 60_000) - 30_000);
        for (const sample of samples) queue.push(sample);
        consumer.push(samples);
        samples.fill(0); // its owner may reuse it
      } else if (step[0] === 'clear') {
        consumer.clear();
        taken = queue.length;
      } else {
        const [, sinceMs, result, sentBytes, completed] = step;
        await clock.advance(sinceMs);
        sent = [];
        const answered = consumer.consume();
        const bytes = sent.reduce((sum, samples) => sum + samples.byteLength, 0);
        expect([index, answered, bytes, consumer.completed ? 1 : 0]).toEqual([index, result, sentBytes, completed]);
        expect(sent.length).toBe(sentBytes > 0 ? 1 : 0);
        for (const samples of sent) {
          expect([...samples]).toEqual(queue.slice(taken, taken + samples.length));
          taken += samples.length;
        }
      }
    }
  });
});
