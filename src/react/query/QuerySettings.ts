import type { InfiniteData, QueryKey, UseInfiniteQueryOptions, UseQueryOptions } from '@tanstack/react-query';
import type { CataloguePage } from '../../catalogue/CataloguePage.js';
import type { AvatarError } from '../../errors/AvatarError.js';

/** What a hook of `visavis/query` takes of TanStack's own options, such as `enabled`, `select` or `refetchInterval`. */
export type QuerySettings<Data, Selected = Data> = Omit<UseQueryOptions<Data, AvatarError, Selected>, 'queryKey' | 'queryFn'>;

/** {@link QuerySettings} of a list that comes page by page. */
export type InfiniteSettings<Item> = Omit<
  UseInfiniteQueryOptions<CataloguePage<Item>, AvatarError, InfiniteData<CataloguePage<Item>, number>, QueryKey, number>,
  'queryKey' | 'queryFn' | 'initialPageParam' | 'getNextPageParam'
>;
