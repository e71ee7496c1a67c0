import type { InfiniteData, QueryKey, QueryKeyWithDataTag, UnusedSkipTokenInfiniteOptions, UnusedSkipTokenOptions, UseInfiniteQueryOptions, UseQueryOptions } from '@tanstack/react-query';
import type { CataloguePage } from '../../catalogue/CataloguePage.js';
import type { AvatarError } from '../../errors/AvatarError.js';

/** What a hook of `visavis/query` takes of TanStack's own options, such as `enabled`, `select` or `refetchInterval`. */
export type QuerySettings<Data, Selected = Data> = Omit<UseQueryOptions<Data, AvatarError, Selected>, 'queryKey' | 'queryFn'>;

/** {@link QuerySettings} of a list that comes page by page. */
export type InfiniteSettings<Item> = Omit<
  UseInfiniteQueryOptions<CataloguePage<Item>, AvatarError, InfiniteData<CataloguePage<Item>, number>, QueryKey, number>,
  'queryKey' | 'queryFn' | 'initialPageParam' | 'getNextPageParam'
>;

/**
 * What a factory of `visavis/query` gives: options for `useQuery` and whatever else takes them. Named, since the compiler would name it by
 * a package that an application need not have.
 */
export type CatalogueQuery<Data> = UnusedSkipTokenOptions<Data, AvatarError> & QueryKeyWithDataTag<QueryKey, Data, AvatarError>;

/** {@link CatalogueQuery} of a list that comes page by page, for `useInfiniteQuery`. */
export type InfiniteCatalogueQuery<Item> = UnusedSkipTokenInfiniteOptions<CataloguePage<Item>, AvatarError, InfiniteData<CataloguePage<Item>, number>, QueryKey, number> &
  QueryKeyWithDataTag<QueryKey, InfiniteData<CataloguePage<Item>>, AvatarError>;
