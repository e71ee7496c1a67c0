import type { AudioStream } from '../../audio/AudioStream.js';
import type { Store } from '../../store/createStore.js';
import type { SessionState } from '../state.js';

export interface ReferenceOptions {
  readonly microphone: AudioStream;
  readonly store: Pick<Store<SessionState>, 'get' | 'subscribe'>;
  /** What the page itself plays, its volume included; null while it plays nothing. */
  readonly playbackTrack: () => MediaStreamTrack | null;
  /** How loud the room is played, 0 to 1. */
  readonly volume: () => number;
}

/** Tells the microphone what the loudspeaker plays. */
export interface Reference {
  /** The volume has changed. */
  update(): void;
  stop(): void;
}

/** Starts to tell; what is played changes with the session's state. */
export function followReference({ microphone, store, playbackTrack, volume }: ReferenceOptions): Reference {
  let track: MediaStreamTrack | null = null;

  function update(): void {
    const own = playbackTrack();
    const next = own ?? store.get().audio?.mediaStreamTrack ?? null;
    if (next !== track) microphone.setReference?.(next);
    track = next;
    // The track of the page's own playback has its volume in it; a room's has not.
    microphone.setReferenceGain?.(own ? 1 : volume());
  }

  const unsubscribe = store.subscribe(update);
  update();
  return {
    update,
    stop() {
      unsubscribe();
      microphone.setReference?.(null);
    },
  };
}
