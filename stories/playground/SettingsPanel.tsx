import type { ReactElement, ReactNode } from 'react';
import { MicSelect, SpeakerSelect } from '../../src/index.js';
import { hasAvatar, takesTurns, type PlaygroundSettings } from './PlaygroundSettings.js';
import { ChoiceField, RangeField, SwitchField, TextField } from './SettingFields.js';

const WIRINGS = { composed: 'Voice service with a face', puppet: 'Your voice, its face', driven: 'The page speaks', voice: 'Voice only', hosted: 'It thinks for itself' } as const;
const INPUTS = { microphone: 'Microphone', none: 'None' } as const;
const MODES = { voice: 'Your voice', transcript: 'Recognised words', 'push-to-talk': 'A button', off: 'Nothing' } as const;
const PROFILES = { quiet: 'Quiet room', noisy: 'Noisy', 'very-noisy': 'Very noisy', fast: 'Fast' } as const;
const CAPTIONS = { 'when-needed': 'When the sound is off', always: 'Always', never: 'Never' } as const;
const THEMES = { system: 'As the system', light: 'Light', dark: 'Dark' } as const;
const DIRECTIONS = { ltr: 'Left to right', rtl: 'Right to left' } as const;

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
  const turns = takesTurns(settings);
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
      </Group>
      <Group title="Turn-taking">
        <ChoiceField label="What interrupts" choices={MODES} {...bind('turnMode')} disabled={!turns} />
        <ChoiceField label="Surroundings" choices={PROFILES} {...bind('profile')} disabled={!turns} />
        <RangeField label="Back-channel" max={1_000} step={50} unit=" ms" {...bind('backchannelMs')} disabled={!turns} />
        <RangeField label="Ducking" max={60} step={3} unit=" dB" {...bind('duckDb')} disabled={!turns} />
        <RangeField label="Sensitivity" max={1} step={0.05} {...bind('sensitivity')} disabled={!turns} />
      </Group>
      <Group title="Microphone and sound">
        <SwitchField label="Echo cancellation" {...bind('echoCancellation')} />
        <SwitchField label="Noise suppression" {...bind('noiseSuppression')} />
        <SwitchField label="Automatic gain" {...bind('autoGainControl')} />
        <RangeField label="Volume" max={1} step={0.05} {...bind('volume')} />
        <MicSelect />
        <SpeakerSelect />
      </Group>
      <Group title="Look">
        <ChoiceField label="Captions" choices={CAPTIONS} {...bind('captions')} />
        <ChoiceField label="Theme" choices={THEMES} {...bind('theme')} />
        <ChoiceField label="Direction" choices={DIRECTIONS} {...bind('direction')} />
        <SwitchField label="Picture in picture" {...bind('pictureInPicture')} disabled={!hasAvatar(settings)} />
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
