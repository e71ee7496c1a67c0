import type { ServerMetrics } from '../metrics/ServerMetrics.js';
import type { UpstreamWire } from './upstreamWire.js';

type Direction = 'up' | 'down';

export interface TallySums {
  readonly messagesUp: number;
  readonly messagesDown: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
  /** Audio messages that were not forwarded because the vendor did not take them. */
  readonly audioDropped: number;
}

/** Adds up what one bridge forwards: metrics are too costly to be told of each message. */
export interface Tally {
  /** @param bytes of one message, as it came. */
  add(direction: Direction, bytes: number): void;
  dropAudio(): void;
  /** Tells the metrics what has come since the last time. */
  report(): void;
  sums(): TallySums;
}

const NOTHING: TallySums = { messagesUp: 0, messagesDown: 0, bytesUp: 0, bytesDown: 0, audioDropped: 0 };

export function createTally(metrics: ServerMetrics, target: UpstreamWire['kind']): Tally {
  const messages = { up: 0, down: 0 };
  const bytes = { up: 0, down: 0 };
  let audioDropped = 0;
  let told = NOTHING;
  const read = (): TallySums => ({ messagesUp: messages.up, messagesDown: messages.down, bytesUp: bytes.up, bytesDown: bytes.down, audioDropped });

  return {
    add(direction, count) {
      messages[direction] += 1;
      bytes[direction] += count;
    },
    dropAudio: () => void (audioDropped += 1),
    report() {
      const sums = read();
      metrics.count('relayMessages', { target, direction: 'up' }, sums.messagesUp - told.messagesUp);
      metrics.count('relayMessages', { target, direction: 'down' }, sums.messagesDown - told.messagesDown);
      metrics.count('relayBytes', { target, direction: 'up' }, sums.bytesUp - told.bytesUp);
      metrics.count('relayBytes', { target, direction: 'down' }, sums.bytesDown - told.bytesDown);
      metrics.count('relayAudioDropped', { target }, sums.audioDropped - told.audioDropped);
      told = sums;
    },
    sums: read,
  };
}
