import { useContext, useMemo } from 'react';
import { AvatarContext } from '../AvatarContext.js';
import type { AvatarLabelOverrides } from './AvatarLabels.js';
import { mergeLabels } from './mergeLabels.js';

/**
 * The words of an area that hold here: those of the provider, in English where there is none, with a component's own laid over them.
 *
 * @param english what the area says in English; always the same object
 */
export function useWords<Area extends object>(english: Area, overrides?: AvatarLabelOverrides): Area {
  const words = useContext(AvatarContext)?.words;
  return useMemo(() => mergeLabels(words === undefined ? english : words(english), overrides), [words, english, overrides]);
}
