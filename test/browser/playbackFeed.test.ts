import { afterEach, expect, it } from 'vitest';
import { createPlayback } from '../../src/audio/createPlayback.js';
import type { PlaybackFeed } from '../../src/audio/PlaybackFeed.js';
import { pcmChunk } from '../../src/dsp/pcmChunk.js';

const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0).reverse()) step();
});

function toneChunk(): ArrayBuffer {
  const chunk = pcmChunk();
  chunk.rate[0] = 16_000;
  chunk.counters[2] = 4000;
  for (let i = 0; i < 4000; i++) chunk.samples[i] = 9000 * Math.sin(i / 5);
  return chunk.buffer;
}

it('plays speech that comes past the page, gives the buffers back, and falls silent by the same way', async () => {
  const playback = createPlayback();
  undo.push(() => playback.stop());
  const feeds: PlaybackFeed[] = [];
  const levels: number[] = [];
  playback.subscribeFeeds?.((feed) => feeds.push(feed));
  playback.subscribeLevel((level) => levels.push(level));
  await playback.start();
  const [feed] = feeds;
  if (!feed) throw new Error('no feed was given');
  const returned: unknown[] = [];
  feed.port.onmessage = ({ data }) => returned.push(data);
  for (let i = 0; i < 4; i++) {
    feed.port.postMessage(toneChunk());
    feed.onPush(250);
  }
  await expect.poll(() => Math.max(0, ...levels), { timeout: 10_000 }).toBeGreaterThan(0.1);
  expect(playback.playedMs).toBeLessThanOrEqual(1000);
  await expect.poll(() => returned.length, { timeout: 10_000 }).toBeGreaterThan(0);

  feed.port.postMessage(toneChunk());
  feed.onPush(250);
  feed.port.postMessage('clear');
  feed.onClear();
  expect(playback.playedMs).toBe(0);
  expect(playback.bufferedMs).toBe(0);
  await expect.poll(() => returned.length, { timeout: 10_000 }).toBe(5);
  await expect.poll(() => levels.at(-1), { timeout: 10_000 }).toBe(0);

  // What comes from the page itself still plays, and is counted from the start.
  playback.push(new Int16Array(8000).fill(3000), 16_000);
  playback.end();
  await expect.poll(() => playback.playedMs, { timeout: 10_000 }).toBe(500);
});

it('gives a feed at once while it is on, and another one at the next start', async () => {
  const playback = createPlayback();
  undo.push(() => playback.stop());
  await playback.start();
  const feeds: PlaybackFeed[] = [];
  const leave = playback.subscribeFeeds?.((feed) => feeds.push(feed));
  expect(feeds).toHaveLength(1);
  playback.stop();
  await playback.start();
  expect(feeds).toHaveLength(2);
  // An old one has no say any more.
  feeds[0]?.onPush(1000);
  expect(playback.bufferedMs).toBe(0);
  leave?.();
  playback.stop();
  await playback.start();
  expect(feeds).toHaveLength(2);
});
