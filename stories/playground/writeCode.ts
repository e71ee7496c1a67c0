import { labelsFor } from '../../src/labels.js';
import { paramsOf } from './paramsOf.js';
import { defaultSettings, hasAvatar, takesTurns, type PlaygroundSettings } from './PlaygroundSettings.js';
import { readNumber, vadReactTerms } from './turnOptions.js';

/** The code that gives a session these settings; what is a default is left out. */
export function writeCode(settings: PlaygroundSettings): string {
  const { imports, avatar, voice } = services(settings);
  // How it begins is an option of the hosted avatar itself.
  const { mode: _mode, ...params } = paramsOf(settings);
  const props = [
    'grant="/api/avatar"',
    avatar && `avatar={${avatar}}`,
    voice && `voice={${voice}}`,
    (settings.wiring === 'driven' || settings.input === 'none') && 'input="none"',
    takesTurns(settings) && turnTaking(settings),
    prop('microphone', { echoCancellation: changed(settings, 'echoCancellation'), noiseSuppression: changed(settings, 'noiseSuppression'), autoGainControl: changed(settings, 'autoGainControl') }),
    prop('params', params),
    !settings.keepScreenOn && 'keepScreenOn={false}',
    settings.maxRetryAttempts !== defaultSettings.maxRetryAttempts && `maxRetryAttempts={${settings.maxRetryAttempts}}`,
    settings.captions !== 'when-needed' && (settings.captions === 'always' ? 'captions' : 'captions={false}'),
    settings.labelLanguage !== 'en' && 'labels={labels}',
    settings.pictureInPicture && hasAvatar(settings) && 'pictureInPicture',
  ].filter((line) => typeof line === 'string' && line !== '');
  const { labelLanguage, theme } = settings;
  const isPseudo = labelLanguage === 'en-XA';
  const direction = settings.direction === 'language' ? labelsFor(labelLanguage).direction : settings.direction;
  const around = [theme !== 'system' && `data-theme="${theme}"`, labelLanguage !== 'en' && `lang="${labelLanguage}"`, direction === 'rtl' && 'dir="rtl"'].filter(Boolean).join(' ');
  const element = props.length === 1 ? `<Avatar ${props.join('')} />` : `<Avatar\n  ${props.join('\n  ')}\n/>`;
  return [
    `import { Avatar } from 'visavis';`,
    imports.length > 0 ? `import { ${imports.join(', ')} } from 'visavis/client';` : '',
    labelLanguage === 'en' ? '' : `import { ${isPseudo ? 'pseudoLabels' : 'loadLabels'} } from 'visavis/labels';`,
    `import 'visavis/styles.css';`,
    labelLanguage === 'en' ? '' : `\nconst labels = ${isPseudo ? 'pseudoLabels()' : `await loadLabels('${labelLanguage}')`};`,
    BLANK,
    around === '' ? element : `<div ${around}>\n  ${element.replaceAll('\n', '\n  ')}\n</div>`,
    settings.volume === 1 ? '' : `\n// in a component below an AvatarProvider\nconst { setVolume } = useAvatarSession();\nsetVolume(${settings.volume});`,
  ]
    .filter((line) => line !== '')
    .map((line) => (line === BLANK ? '' : line))
    .join('\n');
}

/** A line that is empty on purpose. */
const BLANK = '\n';

function turnTaking(settings: PlaygroundSettings): string {
  if (settings.turnMode === 'services') return 'turnTaking={false}';
  const names = ['profile', 'backchannelMs', 'duckDb', 'sensitivity', 'preRollMs', 'maxUtteranceMs'] as const;
  return prop('turnTaking', {
    mode: changed(settings, 'turnMode'),
    ...Object.fromEntries(names.map((name) => [name, changed(settings, name)])),
    ...Object.fromEntries(vadReactTerms.map((term) => [term, readNumber(settings[term])])),
    source: settings.voiceSource === 'rnnoise' ? { name: 'rnnoise', moduleUrl: '/rnnoise.js', wasmUrl: '/rnnoise.wasm' } : undefined,
  });
}

interface Services {
  readonly imports: readonly string[];
  readonly avatar: string;
  readonly voice: string;
}

function services({ wiring, avatarId, assistantId, hostedMode }: PlaygroundSettings): Services {
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
      return { imports: ['akoolLive'], avatar: `akoolLive({ ${[`mode: ${quote(hostedMode)}`, which].filter(Boolean).join(', ')} })`, voice: '' };
  }
}

/** The value where it is not the default. */
function changed<Name extends keyof PlaygroundSettings>(settings: PlaygroundSettings, name: Name): PlaygroundSettings[Name] | undefined {
  return settings[name] === defaultSettings[name] ? undefined : settings[name];
}

/** An attribute with an object of what is given; nothing where nothing is. */
function prop(name: string, members: object): string {
  const given = write(members);
  return given === '{}' ? '' : `${name}={${given}}`;
}

function write(value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? quote(value) : String(value);
  const members = Object.entries(value).flatMap(([name, member]: [string, unknown]) => (member === undefined ? [] : [`${/^[a-z]\w*$/i.test(name) ? name : quote(name)}: ${write(member)}`]));
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
