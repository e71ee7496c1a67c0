import { useMutation, useQueryClient, type UseMutationOptions, type UseMutationResult } from '@tanstack/react-query';
import type { AvatarError } from '../../errors/AvatarError.js';
import { catalogueKeys } from './catalogueKeys.js';
import { requestRules } from './requestRules.js';
import { toCatalogue, type CatalogueOption } from './toCatalogue.js';

/**
 * Ends one of the user's own sessions by its id, such as one in another tab. Pending until the list of sessions is without it. Ending is
 * idempotent, so it is tried again like a query.
 *
 * @param catalogue the route, or a client of it; may be written inline.
 * @param settings TanStack's own options, such as `onError`.
 * @example
 * ```tsx
 * const { mutate, isPending } = useEndSession('/api/avatar');
 * return <button disabled={isPending} onClick={() => mutate(sessionId)}>End it</button>;
 * ```
 */
export function useEndSession(
  catalogue: CatalogueOption,
  settings?: Omit<UseMutationOptions<void, AvatarError, string>, 'mutationFn'>,
): UseMutationResult<void, AvatarError, string> {
  const client = toCatalogue(catalogue);
  const queryClient = useQueryClient();
  return useMutation({
    ...requestRules,
    ...settings,
    mutationFn: (sessionId) => client.endSession(sessionId),
    onSettled: async (...given) => {
      await queryClient.invalidateQueries({ queryKey: catalogueKeys.list(client, 'sessions') });
      return settings?.onSettled?.(...given);
    },
  });
}
