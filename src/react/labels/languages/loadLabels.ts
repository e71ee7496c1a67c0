import { AvatarError } from '../../../errors/AvatarError.js';
import { abortReason } from '../../../errors/abort.js';
import type { AvatarLabels } from '../AvatarLabels.js';
import { labelsFor, type LabelLanguage } from './labelsFor.js';

const LOADERS: Readonly<Record<LabelLanguage, () => Promise<AvatarLabels>>> = {
  en: () => import('./english.js').then(({ english }) => english),
  ar: () => import('./arabic.js').then(({ arabic }) => arabic),
  de: () => import('./german.js').then(({ german }) => german),
  es: () => import('./spanish.js').then(({ spanish }) => spanish),
  fr: () => import('./french.js').then(({ french }) => french),
  ja: () => import('./japanese.js').then(({ japanese }) => japanese),
  'pt-BR': () => import('./brazilianPortuguese.js').then(({ brazilianPortuguese }) => brazilianPortuguese),
  'zh-Hans': () => import('./simplifiedChinese.js').then(({ simplifiedChinese }) => simplifiedChinese),
  'zh-Hant': () => import('./traditionalChinese.js').then(({ traditionalChinese }) => traditionalChinese),
};

/** How words are loaded. */
export interface LoadLabelsOptions {
  readonly signal?: AbortSignal;
}

/**
 * Fetches the words of one language, a file of about 5 KB of its own, and no other. Chooses as {@link labelsFor} does. A second call for the same
 * language gives the same object and fetches nothing.
 *
 * @param tags BCP 47 tags by preference, such as `navigator.languages`, or one
 * @throws AvatarError `request-failed` when the file cannot be fetched; the components' English words still work
 * @example
 * ```tsx
 * import { useEffect, useState } from 'react';
 * import { Avatar, type AvatarLabels } from 'visavis';
 * import { loadLabels } from 'visavis/labels';
 *
 * export function Assistant({ locale }: { locale: string }) {
 *   const [labels, setLabels] = useState<AvatarLabels>();
 *   useEffect(() => {
 *     const gone = new AbortController();
 *     loadLabels(locale, { signal: gone.signal }).then(setLabels, () => undefined);
 *     return () => gone.abort();
 *   }, [locale]);
 *   return <Avatar grant="/api/avatar" labels={labels} />;
 * }
 * ```
 */
export async function loadLabels(tags: string | readonly string[], { signal }: LoadLabelsOptions = {}): Promise<AvatarLabels> {
  const { language } = labelsFor(tags);
  if (signal?.aborted) throw abortReason(signal);
  const labels = await LOADERS[language]().catch((cause: unknown) => {
    if (signal?.aborted) throw abortReason(signal);
    throw new AvatarError('request-failed', {
      message: `The words for “${language}” could not be loaded. Check the connection and that the chunks of visavis are served, then try again; or import them from "visavis/labels/${language}".`,
      cause,
      context: { language },
    });
  });
  if (signal?.aborted) throw abortReason(signal);
  return labels;
}
