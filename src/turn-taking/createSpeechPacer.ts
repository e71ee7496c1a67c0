import { createAudioConsumer, type AudioConsumerOptions } from './createAudioConsumer.js';

export interface SpeechPacerOptions extends AudioConsumerOptions {
  /** How often it looks what is due. Default 50. */
  readonly intervalMs?: number;
  /** When nothing has been pushed for so long, what is left is taken for the end. For sources that do not say `end()`. Default 200. */
  readonly idleEndMs?: number;
  /** All that was pushed has been handed on and, by the clock, heard. Not called after `clear()`. */
  readonly onComplete?: () => void;
}

/** An {@link createAudioConsumer | audio consumer} that keeps its own time. It holds a timer only while there is something to do. */
export interface SpeechPacer {
  push(samples: Int16Array): void;
  /** Lets the tail go out at once. */
  end(): void;
  /** Drops what has not been handed on, as after an interrupt. */
  clear(): void;
  close(): void;
  readonly bufferedMs: number;
  /** True while something waits or may still be heard. */
  readonly active: boolean;
}

/**
 * Makes a pacer: speech of a voice service in, in bursts as it comes; the same speech out at the pace of its sound, 100 ms ahead.
 *
 * @example
 * ```ts
 * const pacer = createSpeechPacer({ clock: systemClock, sampleRateHz: 16_000, send: (samples) => avatar.sendAudio(samples) });
 * ```
 * @throws AvatarError `invalid-options`
 */
export function createSpeechPacer(options: SpeechPacerOptions): SpeechPacer {
  const { clock, intervalMs = 50, idleEndMs = 200, onComplete } = options;
  const consumer = createAudioConsumer(options);
  let cancelTick: (() => void) | null = null;
  let lastPushMs = 0;
  let starved = true;
  let closed = false;

  function tick(): void {
    if (consumer.bufferedMs > 0 && clock.now() - lastPushMs >= idleEndMs) consumer.end();
    starved = consumer.consume() === -2;
    if (closed) return; // by the receiver of the samples
    if (consumer.completed) {
      stop();
      onComplete?.();
      return;
    }
    cancelTick = clock.schedule(tick, intervalMs);
  }

  function stop(): void {
    cancelTick?.();
    cancelTick = null;
    starved = true;
  }

  /** While it waits for enough to begin, it looks at once: the first word is what a listener waits for. */
  function hurry(): void {
    if (!starved || closed) return;
    stop();
    tick();
  }

  return {
    push(samples) {
      if (closed || samples.length === 0) return;
      lastPushMs = clock.now();
      consumer.push(samples);
      hurry();
    },
    end() {
      consumer.end();
      if (consumer.bufferedMs > 0) hurry();
    },
    clear() {
      consumer.clear();
      stop();
    },
    close() {
      closed = true;
      consumer.close();
      stop();
    },
    get bufferedMs() {
      return consumer.bufferedMs;
    },
    get active() {
      return cancelTick !== null;
    },
  };
}
