import type { PageMeasure } from './measurePage.js';
import type { Trend } from './trendOf.js';

/** What the server's process holds after its garbage is gone. */
export interface ServerMeasure {
  /** V8's heap and the buffers outside of it. */
  readonly heapBytes: number;
  /** TCP sockets, also those that a browser keeps for its next request. */
  readonly sockets: number;
  readonly timers: number;
}

/** One page, which has had one conversation after another. */
export interface PageSamples {
  readonly name: string;
  /** One after each conversation that ended well. */
  readonly samples: readonly PageMeasure[];
}

export interface SoakReport {
  readonly minutes: number;
  readonly conversations: number;
  /** Sessions of the emulator that were still open after a conversation. */
  readonly leftOpen: number;
  /** What went wrong, in words. */
  readonly failures: readonly string[];
  readonly pages: readonly PageSamples[];
  /** One after each conversation, of whichever page. */
  readonly server: readonly ServerMeasure[];
  /** The session that nobody disturbed. */
  readonly steady: {
    readonly status: string;
    readonly lostMs: number;
    /** Times that it had to connect again. */
    readonly recoveries: number;
    /** How much faster or slower than the clock its speech arrived: milliseconds a minute; null when that was too short. */
    readonly driftMsPerMinute: Trend | null;
  };
}
