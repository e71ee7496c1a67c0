import { useContext, useMemo } from 'react';
import { AvatarContext } from '../AvatarContext.js';
import { defaultLabels, type AvatarLabelOverrides, type AvatarLabels } from './AvatarLabels.js';
import { mergeLabels } from './mergeLabels.js';

/** The words that hold here: those of the provider, in English where there is none, with a component's own laid over them. */
export function useLabels(overrides?: AvatarLabelOverrides): AvatarLabels {
  const labels = useContext(AvatarContext)?.labels ?? defaultLabels;
  return useMemo(() => mergeLabels(labels, overrides), [labels, overrides]);
}
