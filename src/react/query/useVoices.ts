import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult, type UseQueryResult } from '@tanstack/react-query';
import type { CatalogueVoice, VoicesQuery } from '../../catalogue/CatalogueVoice.js';
import type { CataloguePage } from '../../catalogue/CataloguePage.js';
import type { AvatarError } from '../../errors/AvatarError.js';
import type { InfiniteSettings, QuerySettings } from './QuerySettings.js';
import type { CatalogueOption } from './toCatalogue.js';
import { useCatalogueQuery } from './useCatalogueQuery.js';
import { infiniteVoicesQuery, voicesQuery } from './voicesQuery.js';

/**
 * One page of the voices. Tries again what can succeed by itself, and not before the server wants to be asked.
 *
 * @param catalogue the route, or a client of it; may be written inline.
 * @param query which page, and which voices.
 * @param settings TanStack's own options.
 * @example
 * ```tsx
 * const { data, error } = useVoices('/api/avatar', { page, size: 20 }, { placeholderData: keepPreviousData });
 * ```
 */
export function useVoices<Selected = CataloguePage<CatalogueVoice>>(
  catalogue: CatalogueOption,
  query: VoicesQuery = {},
  settings?: QuerySettings<CataloguePage<CatalogueVoice>, Selected>,
): UseQueryResult<Selected, AvatarError> {
  return useCatalogueQuery(voicesQuery(catalogue, query), settings);
}

/**
 * The voices, page by page.
 *
 * @param catalogue the route, or a client of it; may be written inline.
 * @param query which voices, and how many on a page.
 * @param settings TanStack's own options.
 * @example
 * ```tsx
 * const { data, hasNextPage, fetchNextPage } = useInfiniteVoices('/api/avatar', { size: 20 });
 * ```
 */
export function useInfiniteVoices(
  catalogue: CatalogueOption,
  query: Omit<VoicesQuery, 'page'> = {},
  settings?: InfiniteSettings<CatalogueVoice>,
): UseInfiniteQueryResult<InfiniteData<CataloguePage<CatalogueVoice>, number>, AvatarError> {
  return useInfiniteQuery({ ...infiniteVoicesQuery(catalogue, query), ...settings });
}
