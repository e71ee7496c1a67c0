import { defaultLabels, type AvatarLabelOverrides, type AvatarLabels } from './AvatarLabels.js';
import { useWords } from './useWords.js';

/** The words that hold here: those of the provider, in English where there is none, with a component's own laid over them. */
export function useLabels(overrides?: AvatarLabelOverrides): AvatarLabels {
  return useWords(defaultLabels, overrides);
}
