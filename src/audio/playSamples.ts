import { AvatarError } from '../errors/AvatarError.js';
import { abortReason } from '../errors/abort.js';
import { createPlayback } from './createPlayback.js';
import type { Playback } from './Playback.js';

export interface PlaySamplesOptions {
  /** Output device; an empty string for the system's default. */
  readonly deviceId: string;
  /** 0 to 1. */
  readonly volume: number;
  readonly signal: AbortSignal;
  /** The sound is on its way to the loudspeaker. */
  readonly onStart?: () => void;
  /** Plays it in the place of a playback of its own, and is stopped afterwards. */
  readonly playback?: Playback | undefined;
}

/**
 * Plays a short sound the way an assistant's voice is played, so that the browser's echo canceller knows of it. Call it from a click.
 *
 * @param samples Int16Array [samples], mono.
 * @returns when it has been played.
 * @throws AvatarError `sound-unavailable`, `worklet-blocked`; the signal's reason when it is aborted
 */
export async function playSamples(samples: Int16Array, sampleRateHz: number, options: PlaySamplesOptions): Promise<void> {
  const { deviceId, volume, signal } = options;
  signal.throwIfAborted();
  const playback = options.playback ?? createPlayback();
  try {
    playback.setVolume(volume);
    await playback.setSinkId(deviceId);
    await playback.start();
    signal.throwIfAborted();
    if (playback.getSnapshot().blocked) {
      throw new AvatarError('sound-unavailable', { message: 'The browser holds sound back until the page has been clicked. Click, then try again.' });
    }
    const played = whenPlayed(playback, signal);
    options.onStart?.();
    playback.push(samples, sampleRateHz);
    playback.end();
    await played;
  } finally {
    playback.stop();
  }
}

function whenPlayed(playback: Playback, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let begun = false;
    const settle = (finish: () => void): void => {
      unsubscribe();
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    const onAbort = (): void => settle(() => reject(abortReason(signal)));
    const unsubscribe = playback.subscribe(() => {
      const { activity, error } = playback.getSnapshot();
      if (error) return settle(() => reject(error));
      if (activity === 'playing') begun = true;
      else if (begun) settle(resolve);
    });
    signal.addEventListener('abort', onAbort);
  });
}
