import { useMemo } from 'react';
import { useAvatarContext } from '../AvatarContext.js';
import type { AvatarLabelOverrides, AvatarLabels } from './AvatarLabels.js';
import { mergeLabels } from './mergeLabels.js';

/**
 * The words that hold here: those of the provider, with a component's own laid over them.
 *
 * @throws AvatarError `invalid-options` outside of a provider
 */
export function useLabels(overrides?: AvatarLabelOverrides): AvatarLabels {
  const { labels } = useAvatarContext();
  return useMemo(() => mergeLabels(labels, overrides), [labels, overrides]);
}
