import { useEffect, useState } from 'react';
import { defaultLabels, type AvatarLabels } from '../../src/index.js';
import { labelsFor, loadLabels, pseudoLabels } from '../../src/labels.js';
import type { LanguageTag } from './PlaygroundSettings.js';

export interface Words {
  readonly labels: AvatarLabels;
  readonly lang: LanguageTag;
  readonly dir: 'ltr' | 'rtl';
}

/** The words of a language, those of the one before until they are loaded. */
export function useWords(language: LanguageTag): Words {
  const [words, setWords] = useState<Words>({ labels: defaultLabels, lang: 'en', dir: 'ltr' });
  useEffect(() => {
    const controller = new AbortController();
    const load = async (): Promise<void> => {
      const labels = language === 'en-XA' ? pseudoLabels() : await loadLabels(language, { signal: controller.signal });
      if (!controller.signal.aborted) setWords({ labels, lang: language, dir: labelsFor(language).direction });
    };
    // An abort is none; a dictionary that cannot be had leaves the words as they are, and the console says why.
    load().catch((error: unknown) => controller.signal.aborted || console.error(error));
    return () => controller.abort();
  }, [language]);
  return words;
}
