import type { ServerMetrics } from '../metrics/ServerMetrics.js';
import type { UpstreamWire } from './upstreamWire.js';

export interface TallySums {
  readonly messagesUp: number;
  readonly messagesDown: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
  /** Audio messages that were not forwarded because the vendor did not take them. */
  readonly audioDropped: number;
}

const NOTHING: TallySums = { messagesUp: 0, messagesDown: 0, bytesUp: 0, bytesDown: 0, audioDropped: 0 };

/** Adds up what one bridge forwards: metrics are too costly to be told of each message. */
export class Tally {
  private messagesUp = 0;
  private messagesDown = 0;
  private bytesUp = 0;
  private bytesDown = 0;
  private audioDropped = 0;
  private told = NOTHING;

  constructor(
    private readonly metrics: ServerMetrics,
    private readonly target: UpstreamWire['kind'],
  ) {}

  /** @param bytes of one message, as it came. */
  addUp(bytes: number): void {
    this.messagesUp += 1;
    this.bytesUp += bytes;
  }

  addDown(bytes: number): void {
    this.messagesDown += 1;
    this.bytesDown += bytes;
  }

  dropAudio(): void {
    this.audioDropped += 1;
  }

  /** Tells the metrics what has come since the last time. */
  report(): void {
    const { metrics, target, told } = this;
    const sums = this.sums();
    metrics.count('relayMessages', { target, direction: 'up' }, sums.messagesUp - told.messagesUp);
    metrics.count('relayMessages', { target, direction: 'down' }, sums.messagesDown - told.messagesDown);
    metrics.count('relayBytes', { target, direction: 'up' }, sums.bytesUp - told.bytesUp);
    metrics.count('relayBytes', { target, direction: 'down' }, sums.bytesDown - told.bytesDown);
    metrics.count('relayAudioDropped', { target }, sums.audioDropped - told.audioDropped);
    this.told = sums;
  }

  sums(): TallySums {
    const { messagesUp, messagesDown, bytesUp, bytesDown, audioDropped } = this;
    return { messagesUp, messagesDown, bytesUp, bytesDown, audioDropped };
  }
}
