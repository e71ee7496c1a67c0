import { direction, readLocale } from './direction.js';

/** The languages that the components' words are there in, as BCP 47 tags that can be a `lang` attribute. */
export const labelLanguages = ['en', 'ar', 'de', 'es', 'fr', 'ja', 'pt-BR', 'zh-Hans', 'zh-Hant'] as const;

/** A language that there are words in. */
export type LabelLanguage = (typeof labelLanguages)[number];

/** What fits a user. */
export interface LabelChoice {
  /** For {@link loadLabels}, and for the `lang` attribute of the element around an avatar. */
  readonly language: LabelLanguage;
  /** For its `dir` attribute. */
  readonly direction: 'ltr' | 'rtl';
}

/**
 * Chooses the language of the components' words: by language, and for Chinese by script, which a region stands for where none is given
 * (`zh-TW`, `zh-HK`: traditional). Other regions share their language's words (`pt-PT`: `pt-BR`). Nothing is loaded.
 *
 * @param tags BCP 47 tags by preference, such as `navigator.languages`, or one. The first for which there are words is taken; for none of
 * them, or what is not a tag, it is English.
 * @example
 * ```ts
 * import { labelsFor } from 'visavis/labels';
 *
 * const { language, direction } = labelsFor(navigator.languages);
 * document.documentElement.lang = language;
 * document.documentElement.dir = direction;
 * ```
 */
export function labelsFor(tags: string | readonly string[]): LabelChoice {
  const language = [tags].flat().map(languageOf).find((found) => found !== null) ?? 'en';
  return { language, direction: direction(language) };
}

function languageOf(tag: string): LabelLanguage | null {
  const locale = readLocale(tag);
  if (locale === null) return null;
  // Cantonese is written with the same words of an interface.
  if (locale.language === 'zh' || locale.language === 'yue') return locale.script === 'Hant' ? 'zh-Hant' : 'zh-Hans';
  return labelLanguages.find((language) => language.split('-')[0] === locale.language) ?? null;
}
