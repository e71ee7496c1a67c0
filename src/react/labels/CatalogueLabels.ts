/** The words of choosing an avatar and a voice. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- its components bring its words
export interface CatalogueLabels {}

/** In English. */
export const englishCatalogue: CatalogueLabels = {};
