import type { UseQueryResult } from '@tanstack/react-query';
import type { CatalogueLanguage } from '../../catalogue/CatalogueLanguage.js';
import type { AvatarError } from '../../errors/AvatarError.js';
import { languagesQuery } from './languagesQuery.js';
import type { QuerySettings } from './QuerySettings.js';
import type { CatalogueOption } from './toCatalogue.js';
import { useCatalogueQuery } from './useCatalogueQuery.js';

/**
 * The languages that an avatar can speak.
 *
 * @param catalogue the route, or a client of it; may be written inline.
 * @param settings TanStack's own options.
 * @example
 * ```tsx
 * const { data: codes } = useLanguages('/api/avatar', { select: (languages) => languages.map(({ code }) => code) });
 * ```
 */
export function useLanguages<Selected = readonly CatalogueLanguage[]>(
  catalogue: CatalogueOption,
  settings?: QuerySettings<readonly CatalogueLanguage[], Selected>,
): UseQueryResult<Selected, AvatarError> {
  return useCatalogueQuery(languagesQuery(catalogue), settings);
}
