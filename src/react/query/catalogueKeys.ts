import { toCatalogue, type CatalogueOption } from './toCatalogue.js';

/** The lists that there are queries for. */
export type CatalogueList = 'avatars' | 'voices' | 'languages' | 'knowledge' | 'sessions';

/**
 * The keys under which answers are kept, to invalidate or remove them: of everything, of one route, or of one of its lists.
 *
 * Answers are a user's own: when another one signs in on the same page, remove them.
 *
 * @example
 * ```ts
 * queryClient.removeQueries({ queryKey: catalogueKeys.all });
 * await queryClient.invalidateQueries({ queryKey: catalogueKeys.list('/api/avatar', 'sessions') });
 * ```
 */
export const catalogueKeys = {
  all: ['visavis'],
  route: (catalogue: CatalogueOption) => ['visavis', toCatalogue(catalogue).name] as const,
  list: (catalogue: CatalogueOption, list: CatalogueList) => ['visavis', toCatalogue(catalogue).name, list] as const,
} as const;
