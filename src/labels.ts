// Not marked 'use client': a server component may choose and load words too, but for the functions among them, which only client code can be given.

export { direction } from './react/labels/languages/direction.js';
export { labelLanguages, labelsFor, type LabelChoice, type LabelLanguage } from './react/labels/languages/labelsFor.js';
export { loadLabels, type LoadLabelsOptions } from './react/labels/languages/loadLabels.js';
export { pseudoLabels } from './react/labels/languages/pseudoLabels.js';
export type { AvatarLabels } from './react/labels/AvatarLabels.js';
