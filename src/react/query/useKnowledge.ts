import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult, type UseQueryResult } from '@tanstack/react-query';
import type { CatalogueKnowledge, KnowledgeQuery } from '../../catalogue/CatalogueKnowledge.js';
import type { CataloguePage } from '../../catalogue/CataloguePage.js';
import type { AvatarError } from '../../errors/AvatarError.js';
import type { InfiniteSettings, QuerySettings } from './QuerySettings.js';
import type { CatalogueOption } from './toCatalogue.js';
import { useCatalogueQuery } from './useCatalogueQuery.js';
import { infiniteKnowledgeQuery, knowledgeQuery } from './knowledgeQuery.js';

/**
 * One page of the knowledge bases, by name. Tries again what can succeed by itself, and not before the server wants to be asked.
 *
 * @param catalogue the route, or a client of it; may be written inline.
 * @param query which page, and which knowledge bases.
 * @param settings TanStack's own options.
 * @example
 * ```tsx
 * const { data, error } = useKnowledge('/api/avatar', { page, size: 20 }, { placeholderData: keepPreviousData });
 * ```
 */
export function useKnowledge<Selected = CataloguePage<CatalogueKnowledge>>(
  catalogue: CatalogueOption,
  query: KnowledgeQuery = {},
  settings?: QuerySettings<CataloguePage<CatalogueKnowledge>, Selected>,
): UseQueryResult<Selected, AvatarError> {
  return useCatalogueQuery(knowledgeQuery(catalogue, query), settings);
}

/**
 * The knowledge bases, by name, page by page.
 *
 * @param catalogue the route, or a client of it; may be written inline.
 * @param query which knowledge bases, and how many on a page.
 * @param settings TanStack's own options.
 * @example
 * ```tsx
 * const { data, hasNextPage, fetchNextPage } = useInfiniteKnowledge('/api/avatar', { size: 20 });
 * ```
 */
export function useInfiniteKnowledge(
  catalogue: CatalogueOption,
  query: Omit<KnowledgeQuery, 'page'> = {},
  settings?: InfiniteSettings<CatalogueKnowledge>,
): UseInfiniteQueryResult<InfiniteData<CataloguePage<CatalogueKnowledge>, number>, AvatarError> {
  return useInfiniteQuery({ ...infiniteKnowledgeQuery(catalogue, query), ...settings });
}
