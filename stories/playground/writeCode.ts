import { defaultSettings, hasAvatar, takesTurns, type PlaygroundSettings } from './PlaygroundSettings.js';

/** The code that gives a session these settings; what is a default is left out. */
export function writeCode(settings: PlaygroundSettings): string {
  const { imports, avatar, voice } = services(settings);
  const props = [
    'grant="/api/avatar"',
    avatar && `avatar={${avatar}}`,
    voice && `voice={${voice}}`,
    (settings.wiring === 'driven' || settings.input === 'none') && 'input="none"',
    takesTurns(settings) && prop('turnTaking', { mode: changed(settings, 'turnMode'), profile: changed(settings, 'profile'), backchannelMs: changed(settings, 'backchannelMs'), duckDb: changed(settings, 'duckDb'), sensitivity: changed(settings, 'sensitivity') }),
    prop('microphone', { echoCancellation: changed(settings, 'echoCancellation'), noiseSuppression: changed(settings, 'noiseSuppression'), autoGainControl: changed(settings, 'autoGainControl') }),
    prop('params', { voiceId: changed(settings, 'voiceId'), language: changed(settings, 'language'), backgroundUrl: changed(settings, 'backgroundUrl') }),
    !settings.keepScreenOn && 'keepScreenOn={false}',
    settings.maxRetryAttempts !== defaultSettings.maxRetryAttempts && `maxRetryAttempts={${settings.maxRetryAttempts}}`,
    settings.captions !== 'when-needed' && (settings.captions === 'always' ? 'captions' : 'captions={false}'),
    settings.pictureInPicture && hasAvatar(settings) && 'pictureInPicture',
  ].filter((line) => typeof line === 'string' && line !== '');
  const around = [settings.theme !== 'system' && `data-theme="${settings.theme}"`, settings.direction === 'rtl' && 'dir="rtl"'].filter(Boolean).join(' ');
  const element = props.length === 1 ? `<Avatar ${props.join('')} />` : `<Avatar\n  ${props.join('\n  ')}\n/>`;
  return [
    `import { Avatar } from 'visavis';`,
    imports.length > 0 ? `import { ${imports.join(', ')} } from 'visavis/client';` : '',
    `import 'visavis/styles.css';`,
    '',
    around === '' ? element : `<div ${around}>\n  ${element.replaceAll('\n', '\n  ')}\n</div>`,
    settings.volume === 1 ? '' : `\n// in a component below an AvatarProvider\nconst { setVolume } = useAvatarSession();\nsetVolume(${settings.volume});`,
  ]
    .filter((line, index) => line !== '' || index === 3)
    .join('\n');
}

interface Services {
  readonly imports: readonly string[];
  readonly avatar: string;
  readonly voice: string;
}

function services({ wiring, avatarId, assistantId }: PlaygroundSettings): Services {
  const which = avatarId && `avatarId: ${quote(avatarId)}`;
  const streaming = which === '' ? 'akoolStreaming()' : `akoolStreaming({ ${which} })`;
  const assistant = assistantId === '' ? 'dve()' : `dve({ assistantId: ${quote(assistantId)} })`;
  switch (wiring) {
    // An avatar that says what it hears is the default.
    case 'puppet':
      return which === '' ? { imports: [], avatar: '', voice: '' } : { imports: ['akoolStreaming'], avatar: streaming, voice: '' };
    case 'driven':
      return { imports: ['akoolStreaming', 'pipeline'], avatar: streaming, voice: 'pipeline({ respond, synthesize, sampleRateHz: 24_000 })' };
    case 'composed':
      return { imports: ['akoolStreaming', 'dve'], avatar: streaming, voice: assistant };
    case 'voice':
      return { imports: ['dve'], avatar: '', voice: assistant };
    case 'hosted':
      return { imports: ['akoolLive'], avatar: `akoolLive({ ${["mode: 'dialogue'", which].filter(Boolean).join(', ')} })`, voice: '' };
  }
}

/** The value where it is not the default. */
function changed<Name extends keyof PlaygroundSettings>(settings: PlaygroundSettings, name: Name): PlaygroundSettings[Name] | undefined {
  return settings[name] === defaultSettings[name] ? undefined : settings[name];
}

/** An attribute with an object of what is given; nothing where nothing is. */
function prop(name: string, members: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const given = Object.entries(members).flatMap(([member, value]) => (value === undefined ? [] : [`${member}: ${typeof value === 'string' ? quote(value) : value}`]));
  return given.length === 0 ? '' : `${name}={{ ${given.join(', ')} }}`;
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
