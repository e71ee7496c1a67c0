import type { ReactElement } from 'react';
import type { CatalogueVoice } from '../../catalogue/CatalogueVoice.js';
import type { CatalogueLabels } from '../labels/CatalogueLabels.js';
import { useControllable } from '../useControllable.js';

/** Which voices are looked at, in the vendor's words; null: all. */
export interface VoiceFilter {
  readonly language: string | null;
  readonly gender: string | null;
}

export interface VoiceFilterOptions {
  readonly voices: readonly CatalogueVoice[];
  readonly labels: CatalogueLabels;
  readonly filter: VoiceFilter | undefined;
  readonly defaultFilter: VoiceFilter | undefined;
  readonly onFilterChange: ((filter: VoiceFilter) => void) | undefined;
}

const everything: VoiceFilter = { language: null, gender: null };

/** Two lists by which voices are narrowed down, of what there is among them; no list where there is no choice. */
export function useVoiceFilter({ voices, labels, filter: given, defaultFilter = everything, onFilterChange }: VoiceFilterOptions): {
  readonly isWanted: (voice: CatalogueVoice) => boolean;
  readonly selects: readonly ReactElement[];
} {
  const [filter, setFilter] = useControllable(given, defaultFilter, onFilterChange);
  const selects = (['language', 'gender'] as const).flatMap((field) => {
    const chosen = filter[field];
    const words = [...new Set([...voices.map((voice) => voice[field]), chosen].flatMap((word) => (word === null || word === '' ? [] : [word])))].sort();
    if (words.length < 2 && chosen === null) return [];
    return [
      <span key={field} className="visavis-select">
        <select
          aria-label={field === 'language' ? labels.voiceLanguage : labels.voiceGender}
          value={chosen ?? ''}
          onChange={(event) => setFilter({ ...filter, [field]: event.currentTarget.value === '' ? null : event.currentTarget.value })}
        >
          <option value="">{labels.voiceAny[field]}</option>
          {words.map((word) => (
            <option key={word} value={word}>
              {field === 'gender' ? genderWord(word, labels) : word}
            </option>
          ))}
        </select>
      </span>,
    ];
  });
  return {
    isWanted: ({ language, gender }) => (filter.language === null || filter.language === language) && (filter.gender === null || filter.gender === gender),
    selects,
  };
}

/** A gender in the reader's language, where it is one that is known. */
export function genderWord(gender: string, { voiceGenders }: CatalogueLabels): string {
  const known = gender.toLowerCase();
  return known === 'female' || known === 'male' ? voiceGenders[known] : gender;
}
