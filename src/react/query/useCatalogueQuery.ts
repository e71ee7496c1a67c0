import { useQuery, type UnusedSkipTokenOptions, type UseQueryResult } from '@tanstack/react-query';
import type { AvatarError } from '../../errors/AvatarError.js';
import type { QuerySettings } from './QuerySettings.js';
import { requestRules } from './requestRules.js';

/** `useQuery` with what a factory made, and an application's settings laid over it. */
export function useCatalogueQuery<Data, Selected>(
  // Named one by one: a factory's `select` would have to give what it is given.
  { queryKey, queryFn, staleTime }: Pick<UnusedSkipTokenOptions<Data, AvatarError>, 'queryKey' | 'queryFn' | 'staleTime'>,
  settings: QuerySettings<Data, Selected> | undefined,
): UseQueryResult<Selected, AvatarError> {
  return useQuery<Data, AvatarError, Selected>({ queryKey, queryFn, staleTime, ...requestRules, ...settings });
}
