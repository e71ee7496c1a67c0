import { describe, expect, it } from 'vitest';
import { createUplink } from '../../../src/audio-socket/createUplink.js';

const FRAME_MS = 10;
const FRAME = new Int16Array(160);
const MAX_QUEUED_MS = 2_000;

/** An uplink into a socket that holds what it is given until the test lets it leave. */
function setUp() {
  let nowMs = 0;
  let heldMs = 0;
  let lostMs = 0;
  const uplink = createUplink({
    chunkDurationMs: 20,
    maxQueuedMs: MAX_QUEUED_MS,
    queuedMs: () => heldMs,
    now: () => nowMs,
    send: (chunk) => (heldMs += chunk.length / 16),
  });
  return {
    uplink,
    /** Nothing runs for a while. */
    block: (durationMs: number) => (nowMs += durationMs),
    leave: (durationMs: number) => (heldMs = Math.max(0, heldMs - durationMs)),
    heldMs: () => heldMs,
    /** Frames that come so far apart. @returns what was lost of them */
    push(durationMs: number, apartMs: number): number {
      const before = lostMs;
      for (let ms = 0; ms < durationMs; ms += FRAME_MS) {
        nowMs += apartMs;
        lostMs += uplink.push(FRAME);
      }
      return lostMs - before;
    },
  };
}

describe('sound that leaves by a socket', () => {
  it('is dropped, and counted, when the network cannot keep up', () => {
    const { push, heldMs, uplink } = setUp();
    expect(push(5_000, FRAME_MS)).toBe(5_000 - MAX_QUEUED_MS - 20);
    expect(heldMs()).toBe(MAX_QUEUED_MS + 20);
    expect(uplink.sentMs).toBe(MAX_QUEUED_MS + 20);
  });

  it.each([3_000, 8_000])('is whole when the thread was blocked for %i ms and all of it comes at once', (blockedMs) => {
    const { push, block, heldMs } = setUp();
    push(1_000, FRAME_MS);
    block(blockedMs);
    expect(push(blockedMs, 0.1)).toBe(0);
    expect(heldMs()).toBe(1_000 + blockedMs);
  });

  it('is whole when what has gathered comes slowly, on a machine that is busy', () => {
    const { push, block } = setUp();
    block(4_000);
    expect(push(1_000, 2) + push(20, 12) + push(1_000, 2) + push(20, 12) + push(1_960, 2)).toBe(0);
  });

  it('is as bounded as before once what had gathered has left', () => {
    const { push, block, leave, heldMs } = setUp();
    block(5_000);
    push(5_000, 0.1);
    leave(5_000);
    push(10_000, FRAME_MS);
    expect(heldMs()).toBe(MAX_QUEUED_MS + 20);
  });

  it('is as bounded as ever after a time in which nothing was said', () => {
    const { push, block, heldMs } = setUp();
    block(60_000);
    push(10_000, FRAME_MS);
    expect(heldMs()).toBeLessThanOrEqual(MAX_QUEUED_MS + 120);
  });

  it('is dropped, and counted to the millisecond, beyond what the audio thread would have kept', () => {
    const { push, block, heldMs } = setUp();
    block(20_000);
    const lostMs = push(20_000, 0.1);
    expect(heldMs() + lostMs).toBe(20_000);
    expect(heldMs()).toBeLessThanOrEqual(10_000 + MAX_QUEUED_MS + 20);
  });
});
