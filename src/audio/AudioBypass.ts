import type { PlaybackFeed } from './PlaybackFeed.js';

/** Ways between the threads of sound that lead past the page. A connection with a Worker takes those that it can use. */
export interface AudioBypass {
  /** As {@link VoiceTap.subscribePorts}; null where the microphone is not this connection's to hear. */
  readonly subscribeMicrophone: ((listener: (port: MessagePort) => void) => () => void) | null;
  /** Gives a port on which the turn detector says when the user has interrupted: milliseconds since 1970, a number. Null without a detector. */
  readonly subscribeCuts: ((listener: (port: MessagePort) => void) => () => void) | null;
  /** As {@link Playback.subscribeFeeds}; null where somebody else says the speech. */
  readonly subscribePlayback: ((listener: (feed: PlaybackFeed) => void) => () => void) | null;
}
