import type { AvatarLabelOverrides, AvatarLabels } from './AvatarLabels.js';

/** `base` with `overrides` laid over it. The same object when there is nothing to lay over. */
export function mergeLabels(base: AvatarLabels, overrides: AvatarLabelOverrides | undefined): AvatarLabels {
  if (overrides === undefined) return base;
  const merged: Record<string, unknown> = { ...base };
  for (const [name, ours] of Object.entries(base)) {
    const theirs: unknown = new Map<string, unknown>(Object.entries(overrides)).get(name);
    if (theirs !== undefined) merged[name] = typeof ours === 'object' ? { ...ours, ...Object(theirs) } : theirs;
  }
  // Every name is of `base`, and what replaces it has its type.
  return merged as unknown as AvatarLabels;
}
