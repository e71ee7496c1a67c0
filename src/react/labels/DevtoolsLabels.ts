/** The words of the developer tools. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- its components bring its words
export interface DevtoolsLabels {}

/** In English. */
export const englishTools: DevtoolsLabels = {};
