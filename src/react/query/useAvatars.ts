import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult, type UseQueryResult } from '@tanstack/react-query';
import type { CatalogueAvatar, AvatarsQuery } from '../../catalogue/CatalogueAvatar.js';
import type { CataloguePage } from '../../catalogue/CataloguePage.js';
import type { AvatarError } from '../../errors/AvatarError.js';
import type { InfiniteSettings, QuerySettings } from './QuerySettings.js';
import type { CatalogueOption } from './toCatalogue.js';
import { useCatalogueQuery } from './useCatalogueQuery.js';
import { infiniteAvatarsQuery, avatarsQuery } from './avatarsQuery.js';

/**
 * One page of the avatars that this user may have. Tries again what can succeed by itself, and not before the server wants to be asked.
 *
 * @param catalogue the route, or a client of it; may be written inline.
 * @param query which page, and which avatars.
 * @param settings TanStack's own options.
 * @example
 * ```tsx
 * const { data, error } = useAvatars('/api/avatar', { page, size: 20 }, { placeholderData: keepPreviousData });
 * ```
 */
export function useAvatars<Selected = CataloguePage<CatalogueAvatar>>(
  catalogue: CatalogueOption,
  query: AvatarsQuery = {},
  settings?: QuerySettings<CataloguePage<CatalogueAvatar>, Selected>,
): UseQueryResult<Selected, AvatarError> {
  return useCatalogueQuery(avatarsQuery(catalogue, query), settings);
}

/**
 * The avatars that this user may have, page by page.
 *
 * @param catalogue the route, or a client of it; may be written inline.
 * @param query which avatars, and how many on a page.
 * @param settings TanStack's own options.
 * @example
 * ```tsx
 * const { data, hasNextPage, fetchNextPage } = useInfiniteAvatars('/api/avatar', { size: 20 });
 * ```
 */
export function useInfiniteAvatars(
  catalogue: CatalogueOption,
  query: Omit<AvatarsQuery, 'page'> = {},
  settings?: InfiniteSettings<CatalogueAvatar>,
): UseInfiniteQueryResult<InfiniteData<CataloguePage<CatalogueAvatar>, number>, AvatarError> {
  return useInfiniteQuery({ ...infiniteAvatarsQuery(catalogue, query), ...settings });
}
