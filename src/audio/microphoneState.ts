import type { AvatarError } from '../errors/AvatarError.js';

export type MicrophoneStatus = 'off' | 'requesting' | 'on' | 'failed';

/** The microphone as the UI sees it. */
export interface MicrophoneState {
  readonly status: MicrophoneStatus;
  readonly muted: boolean;
  readonly error: AvatarError | null;
}

export const initialMicrophoneState: MicrophoneState = { status: 'off', muted: false, error: null };
