import { infiniteQueryOptions, queryOptions, type InfiniteData, type QueryKey } from '@tanstack/react-query';
import type { CatalogueVoice, VoicesQuery } from '../../catalogue/CatalogueVoice.js';
import { nextPageOf, type CataloguePage } from '../../catalogue/CataloguePage.js';
import type { AvatarError } from '../../errors/AvatarError.js';
import { catalogueKeys } from './catalogueKeys.js';
import type { CatalogueQuery, InfiniteCatalogueQuery } from './QuerySettings.js';
import { requestRules } from './requestRules.js';
import { toCatalogue, type CatalogueOption } from './toCatalogue.js';

/** As long as the server itself keeps the vendor's answer by default. */
const STALE_TIME_MS = 300_000;

/**
 * One page of the voices, for `useQuery`, `prefetchQuery` and whatever else takes query options.
 *
 * @param catalogue the route, or a client of it. On a server: with an absolute URL.
 * @param query which page, and which voices.
 * @example
 * ```ts
 * const { data } = useQuery(voicesQuery('/api/avatar', { streams: true, gender: 'Female' }));
 * ```
 */
export function voicesQuery(catalogue: CatalogueOption, query: VoicesQuery = {}): CatalogueQuery<CataloguePage<CatalogueVoice>> {
  const client = toCatalogue(catalogue);
  return queryOptions<CataloguePage<CatalogueVoice>, AvatarError>({
    queryKey: [...catalogueKeys.list(client, 'voices'), query],
    queryFn: ({ signal }) => client.listVoices(query, { signal }),
    staleTime: STALE_TIME_MS,
    ...requestRules,
  });
}

/**
 * The voices page by page, for `useInfiniteQuery` and `prefetchInfiniteQuery`.
 *
 * @param catalogue the route, or a client of it. On a server: with an absolute URL.
 * @param query which voices, and how many on a page.
 */
export function infiniteVoicesQuery(catalogue: CatalogueOption, query: Omit<VoicesQuery, 'page'> = {}): InfiniteCatalogueQuery<CatalogueVoice> {
  const client = toCatalogue(catalogue);
  return infiniteQueryOptions<CataloguePage<CatalogueVoice>, AvatarError, InfiniteData<CataloguePage<CatalogueVoice>, number>, QueryKey, number>({
    queryKey: [...catalogueKeys.list(client, 'voices'), 'pages', query],
    queryFn: ({ pageParam, signal }) => client.listVoices({ ...query, page: pageParam }, { signal }),
    initialPageParam: 1,
    getNextPageParam: nextPageOf,
    staleTime: STALE_TIME_MS,
    ...requestRules,
  });
}
