import { queryOptions } from '@tanstack/react-query';
import type { OwnSession } from '../../catalogue/OwnSession.js';
import type { AvatarError } from '../../errors/AvatarError.js';
import { catalogueKeys } from './catalogueKeys.js';
import type { CatalogueQuery } from './QuerySettings.js';
import { requestRules } from './requestRules.js';
import { toCatalogue, type CatalogueOption } from './toCatalogue.js';

/**
 * The user's own sessions that are going on, for `useQuery`, `prefetchQuery` and whatever else takes query options. Never fresh: they
 * begin and end without a word.
 *
 * @param catalogue the route, or a client of it. On a server: with an absolute URL.
 * @example
 * ```ts
 * const { data: sessions } = useQuery({ ...sessionsQuery('/api/avatar'), refetchInterval: 10_000 });
 * ```
 */
export function sessionsQuery(catalogue: CatalogueOption): CatalogueQuery<readonly OwnSession[]> {
  const client = toCatalogue(catalogue);
  return queryOptions<readonly OwnSession[], AvatarError>({
    queryKey: catalogueKeys.list(client, 'sessions'),
    queryFn: ({ signal }) => client.listSessions({ signal }),
    staleTime: 0,
    ...requestRules,
  });
}
