import type { AvatarError } from '../errors/AvatarError.js';

export type PlaybackStatus = 'off' | 'opening' | 'on' | 'failed';

/** A playback as the UI sees it. */
export interface PlaybackState {
  readonly status: PlaybackStatus;
  /** `playing` from the first sound of a reply to its last, gaps included. */
  readonly activity: 'idle' | 'playing';
  /** True while the browser holds sound back until the user has clicked (autoplay policy): show a button that calls `resume()`. */
  readonly blocked: boolean;
  readonly error: AvatarError | null;
}

export const initialPlaybackState: PlaybackState = { status: 'off', activity: 'idle', blocked: false, error: null };
