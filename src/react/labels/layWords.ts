import type { AvatarLabelOverrides } from './AvatarLabels.js';
import { mergeLabels } from './mergeLabels.js';

/**
 * Gives the words of an area, such as those of devices, for what the area says in English. Who asks brings the English along: so a page
 * loads that of the components which it has, and no other.
 */
export type Words = <Area extends object>(english: Area) => Area;

/** Words with `overrides` laid over those of `outer`, or over English. */
export function layWords(outer: Words | undefined, overrides: AvatarLabelOverrides | undefined): Words {
  return (english) => mergeLabels(outer === undefined ? english : outer(english), overrides);
}
