/** What is known of 10 ms of sound. */
export interface VoiceLabel {
  /** Level, dBFS, -127 to 0. */
  readonly rmsDb: number;
  /** How likely it is that somebody speaks, 0 to 100. */
  readonly voiceProbability: number;
  /** Fundamental frequency in Hz; null where there is none, or the source does not look for one. */
  readonly pitchHz: number | null;
  /** False for sound that is known not to be meant for us. Default true: a browser cannot tell. */
  readonly farField?: boolean;
}
