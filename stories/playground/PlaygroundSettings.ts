import { labelLanguages } from '../../src/labels.js';
import type { TurnMode } from '../../src/turn-taking/detector/TurnDetectorEvent.js';
import type { VadProfile } from '../../src/turn-taking/voice/resolveVadProfile.js';

/** Which services a session has. */
export type WiringName = 'puppet' | 'driven' | 'composed' | 'voice' | 'hosted';

/** Languages with words of their own, and one that is none. */
export const languages = [...labelLanguages, 'en-XA'] as const;
export type LanguageTag = (typeof languages)[number];

/** Every option of a session and of its look, as the playground changes them. Texts that are empty are left out. */
export interface PlaygroundSettings {
  readonly wiring: WiringName;
  readonly avatarId: string;
  readonly assistantId: string;
  readonly input: 'microphone' | 'none';
  /** `services` leaves the turns to the other side alone. */
  readonly turnMode: TurnMode | 'services';
  readonly profile: VadProfile;
  readonly voiceSource: 'spectral' | 'rnnoise';
  /** Milliseconds, 0 to 2,000. */
  readonly backchannelMs: number;
  /** dB, 0 to 60. */
  readonly duckDb: number;
  /** 0 to 1. */
  readonly sensitivity: number;
  /** Milliseconds, 0 to 1,000. */
  readonly preRollMs: number;
  /** Milliseconds, 1,000 to 600,000. */
  readonly maxUtteranceMs: number;
  /** In vad-react's terms: 0 to 1. */
  readonly positiveSpeechThreshold: string;
  readonly negativeSpeechThreshold: string;
  /** Milliseconds. */
  readonly redemptionMs: string;
  readonly preSpeechPadMs: string;
  readonly minSpeechMs: string;
  readonly echoCancellation: boolean;
  readonly noiseSuppression: boolean;
  readonly autoGainControl: boolean;
  readonly keepScreenOn: boolean;
  readonly maxRetryAttempts: number;
  readonly voiceId: string;
  readonly voiceUrl: string;
  readonly language: string;
  readonly speechLanguage: string;
  readonly backgroundUrl: string;
  /** 0.8 to 1.2. */
  readonly speed: number;
  /** `word=sound`, with commas between them. */
  readonly pronunciations: string;
  readonly hostedMode: 'dialogue' | 'retelling';
  /** How the service tells that the user has finished; `service` leaves it to itself. */
  readonly turnEnd: 'service' | 'server' | 'semantic';
  /** Milliseconds. */
  readonly turnEndSilenceMs: string;
  /** 0 to 1. */
  readonly volume: number;
  readonly captions: 'when-needed' | 'always' | 'never';
  readonly pictureInPicture: boolean;
  readonly theme: 'system' | 'light' | 'dark';
  readonly labelLanguage: LanguageTag;
  /** `language`: that of the words. */
  readonly direction: 'language' | 'ltr' | 'rtl';
}

export const defaultSettings: PlaygroundSettings = {
  wiring: 'composed',
  avatarId: '',
  assistantId: 'host',
  input: 'microphone',
  turnMode: 'voice',
  profile: 'quiet',
  voiceSource: 'spectral',
  backchannelMs: 200,
  duckDb: 18,
  sensitivity: 0.5,
  preRollMs: 400,
  maxUtteranceMs: 60_000,
  positiveSpeechThreshold: '',
  negativeSpeechThreshold: '',
  redemptionMs: '',
  preSpeechPadMs: '',
  minSpeechMs: '',
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  keepScreenOn: true,
  maxRetryAttempts: 6,
  voiceId: '',
  voiceUrl: '',
  language: '',
  speechLanguage: '',
  backgroundUrl: '',
  speed: 1,
  pronunciations: '',
  hostedMode: 'dialogue',
  turnEnd: 'service',
  turnEndSilenceMs: '',
  volume: 1,
  captions: 'when-needed',
  pictureInPicture: false,
  theme: 'system',
  labelLanguage: 'en',
  direction: 'language',
};

/** What a running session cannot take over: it has been made with them. */
const NEEDS_NEW_SESSION: readonly (keyof PlaygroundSettings)[] = [
  'wiring',
  'avatarId',
  'assistantId',
  'input',
  'profile',
  'voiceSource',
  'backchannelMs',
  'duckDb',
  'sensitivity',
  'preRollMs',
  'maxUtteranceMs',
  'positiveSpeechThreshold',
  'negativeSpeechThreshold',
  'redemptionMs',
  'preSpeechPadMs',
  'minSpeechMs',
  'echoCancellation',
  'noiseSuppression',
  'autoGainControl',
  'keepScreenOn',
  'maxRetryAttempts',
];

/** @returns what the next session will have and the running one has not */
export function waitingSettings(running: PlaygroundSettings, wanted: PlaygroundSettings): readonly (keyof PlaygroundSettings)[] {
  const waiting = NEEDS_NEW_SESSION.filter((name) => running[name] !== wanted[name]);
  // Modes change at once; whether there are turns at all does not.
  const isOther = (running.turnMode === 'services') !== (wanted.turnMode === 'services');
  return isOther ? [...waiting, 'turnMode'] : waiting;
}

/** Whether somebody takes turns: the avatar alone says what it hears, and a driven one hears nobody. */
export function takesTurns({ wiring, input }: PlaygroundSettings): boolean {
  return input === 'microphone' && wiring !== 'puppet' && wiring !== 'driven';
}

/** Whether the session has a face. */
export function hasAvatar({ wiring }: PlaygroundSettings): boolean {
  return wiring !== 'voice';
}
