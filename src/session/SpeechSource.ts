/** Samples that are to be said, as far as they have come: mono, at the rate of services. */
export interface SpeechSource {
  /** The next samples, at most so many: Int16Array [samples]. Empty while none is there. They stay until `skip`. */
  peek(maxLength: number): Int16Array;
  /** Lets go of samples that have been sent. */
  skip(length: number): void;
  /** Nothing is left, and nothing more will come. */
  readonly ended: boolean;
  /** What the application's stream has thrown: no more of it is to be said. */
  readonly failure: { readonly error: unknown } | null;
  /** Calls the listener, the only one, when more has come, and at the end. */
  watch(listener: () => void): void;
}
