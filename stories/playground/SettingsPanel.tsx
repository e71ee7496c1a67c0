import type { ReactElement, ReactNode } from 'react';
import { defaultLabels, MicSelect, SpeakerSelect } from '../../src/index.js';
import { codeOnlyOptions } from './optionCoverage.js';
import { hasAvatar, takesTurns, type LanguageTag, type PlaygroundSettings } from './PlaygroundSettings.js';
import { ChoiceField, RangeField, SwitchField, TextField } from './SettingFields.js';

const WIRINGS = { composed: 'Voice service with a face', puppet: 'Your voice, its face', driven: 'The page speaks', voice: 'Voice only', hosted: 'It thinks for itself' } as const;
const INPUTS = { microphone: 'Microphone', none: 'None' } as const;
const MODES = { voice: 'Your voice', transcript: 'Recognised words', 'push-to-talk': 'A button', off: 'Nothing', services: 'The service alone' } as const;
const PROFILES = { quiet: 'Quiet room', noisy: 'Noisy', 'very-noisy': 'Very noisy', fast: 'Fast' } as const;
const CAPTIONS = { 'when-needed': 'When the sound is off', always: 'Always', never: 'Never' } as const;
const THEMES = { system: 'As the system', light: 'Light', dark: 'Dark' } as const;
const SOURCES = { spectral: 'Built in', rnnoise: 'RNNoise' } as const;
const HOSTED_MODES = { dialogue: 'Answers', retelling: 'Repeats' } as const;
const TURN_ENDS = { service: 'The service’s default', server: 'Silence', semantic: 'Meaning' } as const;
/** Each in its own words, as a chooser of languages has it. */
const LANGUAGES: Readonly<Record<LanguageTag, string>> = {
  en: 'English',
  ar: 'العربية',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  ja: '日本語',
  'pt-BR': 'Português (Brasil)',
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
  'en-XA': '[Þŝéûðö]',
};
const DIRECTIONS = { language: 'As the language', ltr: 'Left to right', rtl: 'Right to left' } as const;

export interface SettingsPanelProps {
  readonly settings: PlaygroundSettings;
  readonly onChange: (patch: Partial<PlaygroundSettings>) => void;
}

/** Everything that can be set, in the order in which one thinks of it. */
export function SettingsPanel({ settings, onChange }: SettingsPanelProps): ReactElement {
  /** What a field needs to show and change one setting. */
  const bind = <Name extends keyof PlaygroundSettings>(name: Name) => ({
    value: settings[name],
    onChange: (value: PlaygroundSettings[Name]) => onChange({ [name]: value }),
  });
  const mayTakeTurns = takesTurns(settings);
  const turns = mayTakeTurns && settings.turnMode !== 'services';
  const hosted = settings.wiring === 'hosted';
  const voice = settings.wiring === 'composed' || settings.wiring === 'voice';
  return (
    <div className="settings">
      <Group title="Session" open>
        <ChoiceField label="Wiring" choices={WIRINGS} {...bind('wiring')} />
        <ChoiceField label="Input" choices={INPUTS} {...bind('input')} disabled={settings.wiring === 'driven'} />
        <TextField label="Avatar" hint="The server’s default" {...bind('avatarId')} disabled={!hasAvatar(settings)} />
        <TextField label="Assistant" hint="The server’s default" {...bind('assistantId')} disabled={!voice} />
        <RangeField label="Attempts to reconnect" max={10} step={1} {...bind('maxRetryAttempts')} />
        <SwitchField label="Keep the screen on" {...bind('keepScreenOn')} />
      </Group>
      <Group title="Avatar, voice, language" open>
        <TextField label="Voice" hint="The avatar’s own" {...bind('voiceId')} disabled={!hasAvatar(settings)} />
        <TextField label="Language" hint="en" {...bind('language')} disabled={!hasAvatar(settings)} />
        <TextField label="Background" hint="https://…" {...bind('backgroundUrl')} disabled={!hasAvatar(settings)} />
        <ChoiceField label="What it does" choices={HOSTED_MODES} {...bind('hostedMode')} disabled={!hosted} />
        <TextField label="Voice sample" hint="https://…" {...bind('voiceUrl')} disabled={!hosted} />
        <RangeField label="Speed" min={0.8} max={1.2} step={0.05} {...bind('speed')} disabled={!hosted} />
        <TextField label="Pronunciation" hint="SQL=sequel, …" {...bind('pronunciations')} disabled={!hosted} />
        <TextField label="You speak" hint="en" {...bind('speechLanguage')} disabled={!hosted} />
        <ChoiceField label="You have finished at" choices={TURN_ENDS} {...bind('turnEnd')} disabled={!hosted} />
        <TextField label="Silence, ms" hint="The service’s default" inputMode="numeric" {...bind('turnEndSilenceMs')} disabled={!hosted || settings.turnEnd === 'service'} />
      </Group>
      <Group title="Turn-taking">
        <ChoiceField label="What interrupts" choices={MODES} {...bind('turnMode')} disabled={!mayTakeTurns} />
        <ChoiceField label="Surroundings" choices={PROFILES} {...bind('profile')} disabled={!turns} />
        <RangeField label="Back-channel" max={1_000} step={50} unit=" ms" {...bind('backchannelMs')} disabled={!turns} />
        <RangeField label="Ducking" max={60} step={3} unit=" dB" {...bind('duckDb')} disabled={!turns} />
        <RangeField label="Sensitivity" max={1} step={0.05} {...bind('sensitivity')} disabled={!turns} />
        <ChoiceField label="Voice detection" choices={SOURCES} {...bind('voiceSource')} disabled={!turns} />
        <RangeField label="Sound before" max={1_000} step={50} unit=" ms" {...bind('preRollMs')} disabled={!turns} />
        <RangeField label="Longest utterance" min={1_000} max={600_000} step={1_000} unit=" ms" {...bind('maxUtteranceMs')} disabled={!turns} />
        <TextField label="Speech above" hint="0 to 1" inputMode="decimal" {...bind('positiveSpeechThreshold')} disabled={!turns} />
        <TextField label="Silence below" hint="0 to 1" inputMode="decimal" {...bind('negativeSpeechThreshold')} disabled={!turns} />
        <TextField label="Silence ends it, ms" hint="As the surroundings" inputMode="numeric" {...bind('redemptionMs')} disabled={!turns} />
        <TextField label="Kept before, ms" hint="As the surroundings" inputMode="numeric" {...bind('preSpeechPadMs')} disabled={!turns} />
        <TextField label="Shortest speech, ms" hint="As the surroundings" inputMode="numeric" {...bind('minSpeechMs')} disabled={!turns} />
      </Group>
      <Group title="Microphone and sound">
        <SwitchField label="Echo cancellation" {...bind('echoCancellation')} />
        <SwitchField label="Noise suppression" {...bind('noiseSuppression')} />
        <SwitchField label="Automatic gain" {...bind('autoGainControl')} />
        <RangeField label="Volume" max={1} step={0.05} {...bind('volume')} />
        <MicSelect labels={defaultLabels} />
        <SpeakerSelect labels={defaultLabels} />
      </Group>
      <Group title="Look">
        <ChoiceField label="Captions" choices={CAPTIONS} {...bind('captions')} />
        <ChoiceField label="Theme" choices={THEMES} {...bind('theme')} />
        <ChoiceField label="Words" choices={LANGUAGES} {...bind('labelLanguage')} />
        <ChoiceField label="Direction" choices={DIRECTIONS} {...bind('direction')} />
        <SwitchField label="Picture in picture" {...bind('pictureInPicture')} disabled={!hasAvatar(settings)} />
      </Group>
      <Group title="Set in code alone">
        <dl className="settings-rest">
          {codeOnlyOptions.map(([name, why]) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>{why}</dd>
            </div>
          ))}
        </dl>
      </Group>
    </div>
  );
}

function Group({ title, open = false, children }: { readonly title: string; readonly open?: boolean; readonly children: ReactNode }): ReactElement {
  return (
    <details className="card settings-group" open={open}>
      <summary>{title}</summary>
      <div className="settings-fields">{children}</div>
    </details>
  );
}
