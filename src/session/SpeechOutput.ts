/** Where speech is heard: in the avatar's mouth, or from this page. */
export interface SpeechOutput {
  /** Queues speech: Int16Array [samples], mono. Copies what it keeps. */
  push(samples: Int16Array, sampleRateHz: number): void;
  /** No more of this reply is coming: what waits for more is said at once. */
  end(): void;
  /** Drops what has not been said; this page falls silent at once. */
  clear(): void;
  /** Resolves when nothing that was pushed waits to be sent, or when it was cleared. Absent where what follows is queued behind it anyway. */
  whenSent?(): Promise<void>;
}
