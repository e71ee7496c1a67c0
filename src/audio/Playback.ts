import type { PlaybackFeed } from './PlaybackFeed.js';
import type { PlaybackState } from './playbackState.js';

/** How unevenly speech arrives, and what is done about it. */
export interface PlaybackJitter {
  /** Speech that is gathered before it is played: 70 ms at first, 40 to 400 ms as the connection asks for. */
  readonly targetMs: number;
  /** How often speech has run dry before its end. */
  readonly underruns: number;
}

/** Speech as PCM, played without gaps. */
export interface Playback {
  /**
   * Opens the audio output; call it from a click. Idempotent. Resolves when speech can be played, or would be if the browser did
   * not hold it back: see `blocked` in the state.
   * @throws AvatarError `worklet-blocked`, `sound-unavailable`
   */
  start(): Promise<void>;
  /**
   * Queues speech behind what is queued already; minutes of it if need be, and nothing of it is dropped. Ignored while the playback
   * is off or has failed: what arrives after `stop()` is late.
   * @param samples - Int16Array [samples], mono. Copied.
   * @param sampleRateHz - 1,000 to 768,000; may change from one call to the next.
   * @throws AvatarError `audio-invalid`
   */
  push(samples: Int16Array, sampleRateHz: number): void;
  /** No more of this reply is coming: its tail is played at once, without waiting for more. */
  end(): void;
  /**
   * Falls silent: fades out within 5 ms, from the next render quantum on, and drops what is queued.
   * @returns milliseconds that were played of what was pushed since the previous `clear()`.
   */
  clear(): number;
  /** Milliseconds played since the last `clear()` or `start()`, of what was pushed since then. */
  readonly playedMs: number;
  /** Milliseconds pushed and not yet played. `playedMs + bufferedMs` is where the next push will begin. */
  readonly bufferedMs: number;
  readonly jitter: PlaybackJitter;
  /** What is heard, volume included: for a recorder or an analyser. Null while off. It ends with `stop()`. */
  readonly mediaStreamTrack: MediaStreamTrack | null;
  /** @param volume - 0 to 1. */
  setVolume(volume: number): void;
  /**
   * Chooses the output device, now or for the next `start()`.
   * @param deviceId - of an `audiooutput` device; an empty string for the system's default.
   * @throws AvatarError `sound-unavailable`
   */
  setSinkId(deviceId: string): Promise<void>;
  /** Plays what the browser has held back. Call it from a click. Never rejects: `blocked` in the state tells how it went. */
  resume(): Promise<void>;
  /**
   * Lets somebody beside the page deliver speech, such as a Worker that has it first: `listener` gets a feed at once while on, and another
   * one at every later start. Absent where all speech has to pass the page.
   * @returns ends the giving.
   */
  subscribeFeeds?(listener: (feed: PlaybackFeed) => void): () => void;
  /** Cuts off what is being said and releases everything. Idempotent. */
  stop(): void;
  subscribe(listener: () => void): () => void;
  getSnapshot(): PlaybackState;
  /** Level for meters, 0 to 1 (RMS, before the volume), 50 times a second while it sounds, and 0 once when it ends. */
  subscribeLevel(listener: (level: number) => void): () => void;
  /** `playedMs`, 50 times a second while it sounds. */
  subscribePosition(listener: (playedMs: number) => void): () => void;
}
