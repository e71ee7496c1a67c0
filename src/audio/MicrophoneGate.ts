/** Of a connection that takes the microphone's frames straight from the audio thread: which of them it may send. */
export interface MicrophoneGate {
  /**
   * To be told of every frame that reaches the page.
   * @param sequence of the frame, as in `AudioFrame`; null when no frames come for now
   * @param open whether the frames from this one on are to be sent
   */
  follow(sequence: number | null, open: boolean): void;
  /** Keeps back what remains of the present utterance. */
  hold(): void;
  /** The latest frame that was taken, -1 before the first: it and those before it are not to be counted as lost by anybody else. */
  readonly takenSequence: number;
}
