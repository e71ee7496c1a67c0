import type { TurnMode } from '../../src/turn-taking/detector/TurnDetectorEvent.js';
import type { VadProfile } from '../../src/turn-taking/voice/resolveVadProfile.js';

/** Which services a session has. */
export type WiringName = 'puppet' | 'driven' | 'composed' | 'voice' | 'hosted';

/** Every option of a session and of its look, as the playground changes them. */
export interface PlaygroundSettings {
  readonly wiring: WiringName;
  /** Empty: the server's default. */
  readonly avatarId: string;
  readonly assistantId: string;
  readonly input: 'microphone' | 'none';
  readonly profile: VadProfile;
  /** Milliseconds, 0 to 2,000. */
  readonly backchannelMs: number;
  /** dB, 0 to 60. */
  readonly duckDb: number;
  /** 0 to 1. */
  readonly sensitivity: number;
  readonly echoCancellation: boolean;
  readonly noiseSuppression: boolean;
  readonly autoGainControl: boolean;
  readonly keepScreenOn: boolean;
  readonly maxRetryAttempts: number;
  readonly turnMode: TurnMode;
  /** Empty: the server's default. */
  readonly voiceId: string;
  readonly language: string;
  readonly backgroundUrl: string;
  /** 0 to 1. */
  readonly volume: number;
  readonly captions: 'when-needed' | 'always' | 'never';
  readonly pictureInPicture: boolean;
  readonly theme: 'system' | 'light' | 'dark';
  readonly direction: 'ltr' | 'rtl';
}

export const defaultSettings: PlaygroundSettings = {
  wiring: 'composed',
  avatarId: '',
  assistantId: 'host',
  input: 'microphone',
  profile: 'quiet',
  backchannelMs: 200,
  duckDb: 18,
  sensitivity: 0.5,
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  keepScreenOn: true,
  maxRetryAttempts: 6,
  turnMode: 'voice',
  voiceId: '',
  language: '',
  backgroundUrl: '',
  volume: 1,
  captions: 'when-needed',
  pictureInPicture: false,
  theme: 'system',
  direction: 'ltr',
};

/** What a running session cannot take over: it has been made with them. */
const NEEDS_NEW_SESSION: readonly (keyof PlaygroundSettings)[] = [
  'wiring',
  'avatarId',
  'assistantId',
  'input',
  'profile',
  'backchannelMs',
  'duckDb',
  'sensitivity',
  'echoCancellation',
  'noiseSuppression',
  'autoGainControl',
  'keepScreenOn',
  'maxRetryAttempts',
];

/** @returns what the next session will have and the running one has not */
export function waitingSettings(running: PlaygroundSettings, wanted: PlaygroundSettings): readonly (keyof PlaygroundSettings)[] {
  return NEEDS_NEW_SESSION.filter((name) => running[name] !== wanted[name]);
}

/** Whether somebody takes turns: the avatar alone says what it hears, and a driven one hears nobody. */
export function takesTurns({ wiring, input }: PlaygroundSettings): boolean {
  return input === 'microphone' && wiring !== 'puppet' && wiring !== 'driven';
}

/** Whether the session has a face. */
export function hasAvatar({ wiring }: PlaygroundSettings): boolean {
  return wiring !== 'voice';
}
