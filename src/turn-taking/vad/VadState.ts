/** What a frame is to an utterance. Numbers as in Agora's server SDK. */
export const VAD_STATE = { nonSpeaking: 0, start: 1, speaking: 2, stop: 3 } as const;

export type VadState = (typeof VAD_STATE)[keyof typeof VAD_STATE];

/** Decides, frame by frame, when an utterance begins and ends. Knows no samples. */
export interface VadMachine {
  /**
   * Takes what is known of the next frame.
   * @param farField false for sound that is not for us; always true in a browser, which cannot tell.
   * @param voiceProbability 0 to 100 for `ratio`; 1 or 0 for `consecutive`.
   * @param rms dBFS for `ratio`; 0 to 127 for `consecutive`.
   */
  step(farField: boolean, voiceProbability: number, rms: number): VadState;
  /** Of the latest frames, the last of them included, how many belong to the utterance that has just begun. */
  readonly startFrames: number;
  reset(): void;
}
