import type { CatalogueAvatar, CatalogueVoice } from '../../src/client.js';
import type { ListSource } from '../../src/index.js';

const NAMES = ['Ada', 'Bruno', 'Chiara', 'Diego', 'Élodie', 'Farid', 'Grace', 'Hiro', 'Ines', 'Jonas', 'Kaya', 'Lena'] as const;
const HUES = [24, 208, 332, 150, 268, 44, 190, 12, 296, 226, 96, 350] as const;

/** A drawn portrait, so that no story needs the internet. */
function portrait(index: number): string {
  const hue = HUES[index % HUES.length] ?? 0;
  const skin = `hsl(${18 + (index % 4) * 5} ${40 + (index % 3) * 8}% ${72 - (index % 5) * 9}%)`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 500"><defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="hsl(${hue} 55% 84%)"/><stop offset="1" stop-color="hsl(${hue} 40% 62%)"/></linearGradient></defs><rect width="400" height="500" fill="url(#g)"/><path d="M40 500c4-96 54-132 112-146 20-6 24-14 24-34h48c0 20 4 28 24 34 58 14 108 50 112 146z" fill="hsl(${hue} 38% 34%)"/><path d="M176 300h48v40c-6 14-14 20-24 20s-18-6-24-20z" fill="${skin}"/><ellipse cx="200" cy="222" rx="66" ry="84" fill="${skin}"/><path d="M128 226c-6-74 24-108 72-108s80 34 72 108c-8-40-22-58-44-62-34-6-82-2-100 62z" fill="hsl(${(hue + 180) % 360} 24% ${18 + (index % 3) * 12}%)"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Avatars as a catalogue gives them, one of the account's own, one that is not ready, one that has failed and one without a picture. */
export function sampleAvatars(): readonly CatalogueAvatar[] {
  return NAMES.map((name, index) => ({
    avatarId: `avatar-${index + 1}`,
    name,
    gender: index % 2 === 0 ? 'Female' : 'Male',
    origin: index === 2 ? 'own' : 'official',
    status: index === 4 ? 'processing' : index === 7 ? 'failed' : 'ready',
    usable: index !== 4 && index !== 7,
    voiceId: null,
    url: null,
    thumbnailUrl: index === 5 ? null : portrait(index),
  }));
}

const LANGUAGES = [
  ['English', 'en-US'],
  ['English', 'en-GB'],
  ['Deutsch', 'de-DE'],
  ['Français', 'fr-FR'],
] as const;

/** Voices as a catalogue gives them. @param sampleUrl what plays; null: they have no samples */
export function sampleVoices(sampleUrl: string | null): readonly CatalogueVoice[] {
  return NAMES.slice(0, 8).map((name, index) => ({
    voiceId: `voice-${index + 1}`,
    name,
    gender: index % 2 === 0 ? 'Female' : 'Male',
    language: LANGUAGES[index % LANGUAGES.length]?.[0] ?? null,
    locale: LANGUAGES[index % LANGUAGES.length]?.[1] ?? null,
    previewUrl: sampleUrl,
    streams: index !== 5,
    styles: index % 3 === 0 ? ['Friendly', 'Calm'] : ['Clear'],
    scenarios: [],
    ages: [],
  }));
}

/** A second of a soft tone, as a file. */
export function toneUrl(frequencyHz: number): string {
  const sampleRateHz = 8_000;
  const view = new DataView(new ArrayBuffer(44 + 2 * sampleRateHz));
  const text = (offset: number, value: string) => [...value].forEach((letter, index) => view.setUint8(offset + index, letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, 36 + 2 * sampleRateHz, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, 2 * sampleRateHz, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, 2 * sampleRateHz, true);
  for (let index = 0; index < sampleRateHz; index += 1) view.setInt16(44 + 2 * index, 4_000 * Math.sin((2 * Math.PI * frequencyHz * index) / sampleRateHz), true);
  return `data:audio/wav;base64,${btoa(String.fromCharCode(...new Uint8Array(view.buffer)))}`;
}

/** A source that never gets anywhere. */
export const loadingSource: ListSource<never> = { items: undefined, loading: true };
