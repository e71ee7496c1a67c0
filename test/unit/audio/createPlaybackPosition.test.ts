import { expect, it } from 'vitest';
import { createPlaybackPosition } from '../../../src/audio/createPlaybackPosition.js';
import type { PlaybackReport } from '../../../src/dsp/playbackReport.js';

const report = (change: Partial<PlaybackReport>): PlaybackReport => ({
  clears: 0,
  state: 'playing',
  playedMs: 0,
  targetMs: 70,
  underruns: 0,
  level: 0.1,
  timeSeconds: 0,
  ...change,
});

it('goes on between two reports while speech is played, and stands while none is', () => {
  let now = 10;
  const position = createPlaybackPosition(() => now);
  position.push(1000);
  expect(position.accept(report({ playedMs: 100, timeSeconds: 10 }))).toBe(true);
  now = 10.015;
  expect(position.playedMs).toBe(115);
  expect(position.bufferedMs).toBe(885);
  position.accept(report({ state: 'waiting', playedMs: 120, timeSeconds: 10.02 }));
  now = 10.5;
  expect(position.playedMs).toBe(120);
});

it('never goes beyond what was pushed', () => {
  const position = createPlaybackPosition(() => 20);
  position.push(40);
  position.accept(report({ playedMs: 30, timeSeconds: 10 }));
  expect(position.playedMs).toBe(40);
  expect(position.bufferedMs).toBe(0);
});

it('takes no report of speech that has been cleared', () => {
  const position = createPlaybackPosition(() => 0);
  position.push(1000);
  position.accept(report({ playedMs: 400 }));
  expect(position.settle()).toBe(400);
  position.clear();
  position.push(200);
  expect(position.accept(report({ playedMs: 420 }))).toBe(false);
  expect(position).toMatchObject({ playedMs: 0, bufferedMs: 200 });
  expect(position.accept(report({ clears: 1, playedMs: 50 }))).toBe(true);
  expect(position).toMatchObject({ playedMs: 50, bufferedMs: 150 });
});
