/** A way into a playback that leads past the page: for a Worker that has the speech. */
export interface PlaybackFeed {
  /** To the worklet: buffers laid out as in `pcmChunk`, each of which comes back, and the text `clear`. Whoever takes it owns it. */
  readonly port: MessagePort;
  /** Tells the playback that so much has been sent on the port. */
  onPush(durationMs: number): void;
  /** Tells the playback of a `clear` on the port. */
  onClear(): void;
}
