import type { AvatarParams, AvatarSessionOptions, MicrophoneOptions, PlaybackOptions, TurnTakingOptions } from '../../src/client.js';
import type { PlaygroundSettings } from './PlaygroundSettings.js';

type Member<Group extends string, Options> = `${Group}.${keyof Options & string}`;
type OptionName =
  | Exclude<keyof AvatarSessionOptions, 'params' | 'microphone' | 'turnTaking' | 'playback'>
  | Member<'params', AvatarParams>
  | Member<'microphone', MicrophoneOptions>
  | Member<'turnTaking', TurnTakingOptions>
  | Member<'playback', PlaybackOptions>;

interface Control {
  readonly setting: keyof PlaygroundSettings;
}

const set = (setting: keyof PlaygroundSettings): Control => ({ setting });
const strictPolicy = 'An address, for pages whose content security policy forbids blob: scripts.';
const time = 'For tests, which bring a clock of their own.';

/** How each option of a session is changed here, or why it is not. An option that has no line is a type error. */
const optionCoverage: Readonly<Record<OptionName, Control | string>> = {
  grant: 'The address of the session route: avatarUrl among the controls of Storybook.',
  avatar: set('wiring'),
  voice: set('wiring'),
  input: set('input'),
  channel: 'The room is the one that the grant names.',
  keepScreenOn: set('keepScreenOn'),
  maxRetryAttempts: set('maxRetryAttempts'),
  clock: time,
  'params.voiceId': set('voiceId'),
  'params.voiceUrl': set('voiceUrl'),
  'params.language': set('language'),
  'params.speechLanguage': set('speechLanguage'),
  'params.backgroundUrl': set('backgroundUrl'),
  'params.mode': set('hostedMode'),
  'params.speed': set('speed'),
  'params.pronunciations': set('pronunciations'),
  'params.turnDetection': set('turnEnd'),
  'microphone.deviceId': 'Chosen with <MicSelect>, in the middle of a conversation, too.',
  'microphone.echoCancellation': set('echoCancellation'),
  'microphone.noiseSuppression': set('noiseSuppression'),
  'microphone.autoGainControl': set('autoGainControl'),
  'microphone.workletUrl': strictPolicy,
  'turnTaking.mode': set('turnMode'),
  'turnTaking.profile': set('profile'),
  'turnTaking.source': set('voiceSource'),
  'turnTaking.backchannelMs': set('backchannelMs'),
  'turnTaking.duckDb': set('duckDb'),
  'turnTaking.sensitivity': set('sensitivity'),
  'turnTaking.preRollMs': set('preRollMs'),
  'turnTaking.maxUtteranceMs': set('maxUtteranceMs'),
  'turnTaking.positiveSpeechThreshold': set('positiveSpeechThreshold'),
  'turnTaking.negativeSpeechThreshold': set('negativeSpeechThreshold'),
  'turnTaking.redemptionMs': set('redemptionMs'),
  'turnTaking.preSpeechPadMs': set('preSpeechPadMs'),
  'turnTaking.minSpeechMs': set('minSpeechMs'),
  'turnTaking.config': 'Single fields by Agora’s names; the surroundings and the terms above set them.',
  'turnTaking.workerUrl': strictPolicy,
  'playback.deviceId': 'Chosen with <SpeakerSelect>, in the middle of a conversation, too.',
  'playback.volume': set('volume'),
  'playback.workletUrl': strictPolicy,
  'playback.clock': time,
};

/** The options that code alone sets, each with the reason. */
export const codeOnlyOptions: readonly (readonly [name: string, why: string])[] = Object.entries(optionCoverage).flatMap(([name, how]) => (typeof how === 'string' ? [[name, how] as const] : []));
