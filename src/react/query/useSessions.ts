import type { UseQueryResult } from '@tanstack/react-query';
import type { OwnSession } from '../../catalogue/OwnSession.js';
import type { AvatarError } from '../../errors/AvatarError.js';
import type { QuerySettings } from './QuerySettings.js';
import { sessionsQuery } from './sessionsQuery.js';
import type { CatalogueOption } from './toCatalogue.js';
import { useCatalogueQuery } from './useCatalogueQuery.js';

/**
 * The user's own sessions that are going on, in whatever page.
 *
 * @param catalogue the route, or a client of it; may be written inline.
 * @param settings TanStack's own options, such as `refetchInterval`.
 * @example
 * ```tsx
 * const { data: sessions = [] } = useSessions('/api/avatar', { refetchInterval: 10_000 });
 * ```
 */
export function useSessions<Selected = readonly OwnSession[]>(
  catalogue: CatalogueOption,
  settings?: QuerySettings<readonly OwnSession[], Selected>,
): UseQueryResult<Selected, AvatarError> {
  return useCatalogueQuery(sessionsQuery(catalogue), settings);
}
