import type { AvatarLabelOverrides } from './AvatarLabels.js';

/** `base` with those of `overrides` that it has a word for laid over it. The same object when there is nothing to lay over. */
export function mergeLabels<Area extends object>(base: Area, overrides: AvatarLabelOverrides | undefined): Area {
  if (overrides === undefined) return base;
  const merged = new Map<string, unknown>(Object.entries(base));
  const given = new Map<string, unknown>(Object.entries(overrides));
  for (const [name, ours] of Object.entries(base)) {
    const theirs = given.get(name);
    if (theirs !== undefined) merged.set(name, typeof ours === 'object' ? { ...ours, ...Object(theirs) } : theirs);
  }
  // Every name is of `base`, and what replaces it has its type.
  return Object.fromEntries(merged) as Area;
}
