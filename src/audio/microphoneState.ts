import type { AvatarError } from '../errors/AvatarError.js';

export type MicrophoneStatus = 'off' | 'requesting' | 'on' | 'failed';

/** The microphone as the UI sees it. */
export interface MicrophoneState {
  readonly status: MicrophoneStatus;
  readonly muted: boolean;
  readonly error: AvatarError | null;
  /** The input device that is open, as the browser tells of it and not as it was asked for; null while off, or where it does not tell. */
  readonly deviceId: string | null;
  /** True while the system takes the sound away: a phone call, or another app. It comes back by itself. */
  readonly interrupted: boolean;
}

export const initialMicrophoneState: MicrophoneState = { status: 'off', muted: false, error: null, deviceId: null, interrupted: false };
