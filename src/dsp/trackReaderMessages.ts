/** What a page tells the Worker that reads a track. */
export type TrackReaderCommand =
  /** The sound of the track, from now to its end. Once. */
  | { readonly type: 'read'; readonly readable: ReadableStream<AudioData> }
  /** Frames go to this port from now on, laid out as in `micFrame`, until anything but a buffer comes back from it. */
  | { readonly type: 'port'; readonly port: MessagePort };

/** What that Worker tells its page. */
export type TrackReaderReport =
  | { readonly type: 'ready' }
  /** The sound cannot be read, or no longer. A track that ends is none of that. */
  | { readonly type: 'failed' };
