import type { AudioStream } from '../audio/AudioStream.js';
import type { AvatarError } from '../errors/AvatarError.js';
import type { SessionEvent } from './SessionEvent.js';

export interface MicrophoneFollowerOptions {
  readonly microphone: AudioStream;
  readonly dispatch: (event: SessionEvent) => void;
  /** It was on, and failed. */
  readonly onError: (error: AvatarError) => void;
}

/** Tells a session how its microphone is, from a start to its end. */
export interface MicrophoneFollower {
  start(): void;
  stop(): void;
}

/** Makes one that does not follow yet. */
export function followMicrophone({ microphone, dispatch, onError }: MicrophoneFollowerOptions): MicrophoneFollower {
  let unsubscribe = () => {};
  const tell = () => dispatch({ type: 'microphone-change', microphone: microphone.getSnapshot() });

  return {
    start() {
      let isOn = microphone.getSnapshot().status === 'on';
      unsubscribe = microphone.subscribe(() => {
        const { status, error } = microphone.getSnapshot();
        const wasOn = isOn;
        isOn = status === 'on';
        tell();
        if (!wasOn || status !== 'failed' || !error) return;
        onError(error);
        dispatch({ type: 'part-fail', part: 'microphone', error });
      });
    },
    stop() {
      unsubscribe();
      unsubscribe = () => {};
      tell();
    },
  };
}
