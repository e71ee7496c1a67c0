import { queryOptions } from '@tanstack/react-query';
import type { CatalogueLanguage } from '../../catalogue/CatalogueLanguage.js';
import type { AvatarError } from '../../errors/AvatarError.js';
import { catalogueKeys } from './catalogueKeys.js';
import type { CatalogueQuery } from './QuerySettings.js';
import { requestRules } from './requestRules.js';
import { toCatalogue, type CatalogueOption } from './toCatalogue.js';

/** A vendor learns a language a few times a year. */
const STALE_TIME_MS = 3_600_000;

/**
 * The languages that an avatar can speak, for `useQuery`, `prefetchQuery` and whatever else takes query options.
 *
 * @param catalogue the route, or a client of it. On a server: with an absolute URL.
 * @example
 * ```ts
 * const { data: languages } = useQuery(languagesQuery('/api/avatar'));
 * ```
 */
export function languagesQuery(catalogue: CatalogueOption): CatalogueQuery<readonly CatalogueLanguage[]> {
  const client = toCatalogue(catalogue);
  return queryOptions<readonly CatalogueLanguage[], AvatarError>({
    queryKey: catalogueKeys.list(client, 'languages'),
    queryFn: ({ signal }) => client.listLanguages({ signal }),
    staleTime: STALE_TIME_MS,
    ...requestRules,
  });
}
