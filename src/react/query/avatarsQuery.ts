import { infiniteQueryOptions, queryOptions, type InfiniteData, type QueryKey } from '@tanstack/react-query';
import type { CatalogueAvatar, AvatarsQuery } from '../../catalogue/CatalogueAvatar.js';
import { nextPageOf, type CataloguePage } from '../../catalogue/CataloguePage.js';
import type { AvatarError } from '../../errors/AvatarError.js';
import { catalogueKeys } from './catalogueKeys.js';
import type { CatalogueQuery, InfiniteCatalogueQuery } from './QuerySettings.js';
import { requestRules } from './requestRules.js';
import { toCatalogue, type CatalogueOption } from './toCatalogue.js';

/** As long as the server itself keeps the vendor's answer by default. */
const STALE_TIME_MS = 300_000;

/**
 * One page of the avatars, for `useQuery`, `prefetchQuery` and whatever else takes query options.
 *
 * @param catalogue the route, or a client of it. On a server: with an absolute URL.
 * @param query which page, and which avatars.
 * @example
 * ```ts
 * await queryClient.prefetchQuery(avatarsQuery({ url: 'https://app.example.com/api/avatar', headers: { cookie } }, { size: 20 }));
 * ```
 */
export function avatarsQuery(catalogue: CatalogueOption, query: AvatarsQuery = {}): CatalogueQuery<CataloguePage<CatalogueAvatar>> {
  const client = toCatalogue(catalogue);
  return queryOptions<CataloguePage<CatalogueAvatar>, AvatarError>({
    queryKey: [...catalogueKeys.list(client, 'avatars'), query],
    queryFn: ({ signal }) => client.listAvatars(query, { signal }),
    staleTime: STALE_TIME_MS,
    ...requestRules,
  });
}

/**
 * The avatars page by page, for `useInfiniteQuery` and `prefetchInfiniteQuery`.
 *
 * @param catalogue the route, or a client of it. On a server: with an absolute URL.
 * @param query which avatars, and how many on a page.
 */
export function infiniteAvatarsQuery(catalogue: CatalogueOption, query: Omit<AvatarsQuery, 'page'> = {}): InfiniteCatalogueQuery<CatalogueAvatar> {
  const client = toCatalogue(catalogue);
  return infiniteQueryOptions<CataloguePage<CatalogueAvatar>, AvatarError, InfiniteData<CataloguePage<CatalogueAvatar>, number>, QueryKey, number>({
    queryKey: [...catalogueKeys.list(client, 'avatars'), 'pages', query],
    queryFn: ({ pageParam, signal }) => client.listAvatars({ ...query, page: pageParam }, { signal }),
    initialPageParam: 1,
    getNextPageParam: nextPageOf,
    staleTime: STALE_TIME_MS,
    ...requestRules,
  });
}
