import type { Clock } from '../../clock/clock.js';

/** Samples per 10 ms at 16 kHz. */
export const VOICE_FRAME_SAMPLES = 160;
export const VOICE_FRAME_MS = 10;
const SAMPLES_PER_MS = 16;

/** Speech starts when this much is queued, or when the first of it has waited as long as MAX_WAIT_MS. */
const START_MS = 100;
const MAX_WAIT_MS = 120;
/** A live stream that never drains below this in a whole window has a sender that is faster than we are. */
const EXCESS_MS = 300;
const WINDOW_MS = 1000;
/** Peak below which a frame of a live stream may be skipped to catch up: about -50 dBFS. */
const SKIP_PEAK = 100;
/** More than this ahead of real time and a sender is not live: what it sends is played to the last sample. */
const BULK_LEAD_MS = 800;
/** The lead melts a little faster than real time, so that a fast sound card never counts as bulk. */
const LEAD_DECAY = 1.05;

/** What the avatar still has to say. */
export interface Voice {
  /** Queues samples: Int16Array [samples], mono, 16 kHz. Copies them. */
  push(samples: Int16Array): void;
  /**
   * Fills `frame` with the 10 ms to play now.
   * @returns false when there is nothing to say: the frame is then silent.
   */
  next(frame: Int16Array): boolean;
  /** Forgets everything that is queued. */
  clear(): void;
  readonly queuedMs: number;
}

interface Chunk {
  readonly samples: Int16Array;
  readonly live: boolean;
}

/**
 * Makes the queue between a node's socket and its 10 ms playout.
 *
 * It is a small jitter buffer for a live microphone and an unbounded queue for speech that was sent in one go. A live
 * sender whose clock is fast is kept in step by skipping silent frames; nothing else is ever skipped.
 */
export function createVoice(clock: Clock): Voice {
  let chunks: Chunk[] = [];
  let head = 0; // what lies before has been played
  let offset = 0; // read position in chunks[head]
  let queued = 0; // samples
  let playing = false;
  let firstAtMs = 0;
  let leadMs = 0;
  let leadAtMs = clock.now();
  let lowest = Infinity;
  let windowEndsAtMs = 0;
  let maySkip = false;

  function melt(nowMs: number): void {
    leadMs = Math.max(0, leadMs - (nowMs - leadAtMs) * LEAD_DECAY);
    leadAtMs = nowMs;
  }

  function take(frame: Int16Array): boolean {
    let filled = 0;
    let live = true;
    while (filled < VOICE_FRAME_SAMPLES) {
      const chunk = chunks[head];
      if (!chunk) break;
      const part = chunk.samples.subarray(offset, offset + VOICE_FRAME_SAMPLES - filled);
      frame.set(part, filled);
      filled += part.length;
      offset += part.length;
      live &&= chunk.live;
      if (offset === chunk.samples.length) {
        head++;
        offset = 0;
      }
    }
    frame.fill(0, filled);
    queued -= filled;
    // Not chunk by chunk: that would move the whole rest of a long queue every time.
    if (head * 2 > chunks.length) {
      chunks = chunks.slice(head);
      head = 0;
    }
    return live;
  }

  /** Notices once per window whether the queue stands higher than a live stream needs. */
  function watch(nowMs: number): void {
    lowest = Math.min(lowest, queued);
    if (nowMs < windowEndsAtMs) return;
    melt(nowMs);
    maySkip = lowest !== Infinity && lowest / SAMPLES_PER_MS > EXCESS_MS && leadMs <= BULK_LEAD_MS;
    lowest = Infinity;
    windowEndsAtMs = nowMs + WINDOW_MS;
  }

  return {
    push(samples) {
      if (samples.length === 0) return;
      const nowMs = clock.now();
      melt(nowMs);
      leadMs += samples.length / SAMPLES_PER_MS;
      if (queued === 0) {
        firstAtMs = nowMs;
        windowEndsAtMs = nowMs + WINDOW_MS;
        lowest = Infinity;
        maySkip = false;
      }
      chunks.push({ samples: samples.slice(), live: leadMs <= BULK_LEAD_MS });
      queued += samples.length;
    },
    next(frame) {
      const nowMs = clock.now();
      playing ||= queued >= START_MS * SAMPLES_PER_MS || (queued > 0 && nowMs - firstAtMs >= MAX_WAIT_MS);
      if (!playing || queued === 0) {
        playing = false;
        frame.fill(0);
        return false;
      }
      watch(nowMs);
      const live = take(frame);
      if (maySkip && live && queued / SAMPLES_PER_MS > EXCESS_MS && peakOf(frame) < SKIP_PEAK) take(frame);
      return true;
    },
    clear() {
      chunks = [];
      head = 0;
      offset = 0;
      queued = 0;
      playing = false;
      leadMs = 0;
      maySkip = false;
    },
    get queuedMs() {
      return queued / SAMPLES_PER_MS;
    },
  };
}

function peakOf(frame: Int16Array): number {
  let peak = 0;
  for (const sample of frame) peak = Math.max(peak, Math.abs(sample));
  return peak;
}
