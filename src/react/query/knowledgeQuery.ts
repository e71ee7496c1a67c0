import { infiniteQueryOptions, queryOptions, type InfiniteData, type QueryKey } from '@tanstack/react-query';
import type { CatalogueKnowledge, KnowledgeQuery } from '../../catalogue/CatalogueKnowledge.js';
import { nextPageOf, type CataloguePage } from '../../catalogue/CataloguePage.js';
import type { AvatarError } from '../../errors/AvatarError.js';
import { catalogueKeys } from './catalogueKeys.js';
import type { CatalogueQuery, InfiniteCatalogueQuery } from './QuerySettings.js';
import { requestRules } from './requestRules.js';
import { toCatalogue, type CatalogueOption } from './toCatalogue.js';

/** As long as the server itself keeps the vendor's answer by default. */
const STALE_TIME_MS = 300_000;

/**
 * One page of the knowledge bases, for `useQuery`, `prefetchQuery` and whatever else takes query options.
 *
 * @param catalogue the route, or a client of it. On a server: with an absolute URL.
 * @param query which page, and which knowledge bases.
 * @example
 * ```ts
 * const { data } = useQuery(knowledgeQuery('/api/avatar', { name: 'Opening hours' }));
 * ```
 */
export function knowledgeQuery(catalogue: CatalogueOption, query: KnowledgeQuery = {}): CatalogueQuery<CataloguePage<CatalogueKnowledge>> {
  const client = toCatalogue(catalogue);
  return queryOptions<CataloguePage<CatalogueKnowledge>, AvatarError>({
    queryKey: [...catalogueKeys.list(client, 'knowledge'), query],
    queryFn: ({ signal }) => client.listKnowledge(query, { signal }),
    staleTime: STALE_TIME_MS,
    ...requestRules,
  });
}

/**
 * The knowledge bases page by page, for `useInfiniteQuery` and `prefetchInfiniteQuery`.
 *
 * @param catalogue the route, or a client of it. On a server: with an absolute URL.
 * @param query which knowledge bases, and how many on a page.
 */
export function infiniteKnowledgeQuery(catalogue: CatalogueOption, query: Omit<KnowledgeQuery, 'page'> = {}): InfiniteCatalogueQuery<CatalogueKnowledge> {
  const client = toCatalogue(catalogue);
  return infiniteQueryOptions<CataloguePage<CatalogueKnowledge>, AvatarError, InfiniteData<CataloguePage<CatalogueKnowledge>, number>, QueryKey, number>({
    queryKey: [...catalogueKeys.list(client, 'knowledge'), 'pages', query],
    queryFn: ({ pageParam, signal }) => client.listKnowledge({ ...query, page: pageParam }, { signal }),
    initialPageParam: 1,
    getNextPageParam: nextPageOf,
    staleTime: STALE_TIME_MS,
    ...requestRules,
  });
}
