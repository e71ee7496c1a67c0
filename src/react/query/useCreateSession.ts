import { useMutation, useQueryClient, type UseMutationOptions, type UseMutationResult } from '@tanstack/react-query';
import type { AvatarError } from '../../errors/AvatarError.js';
import type { Grant } from '../../grant/grant.js';
import { catalogueKeys } from './catalogueKeys.js';
import { toCatalogue, type CatalogueOption } from './toCatalogue.js';

/** Such as `{ avatarId, voiceId, language }`. The server decides. */
export type SessionWishes = Readonly<Record<string, unknown>> | void;

/**
 * Has a session granted before it is needed, such as by a form that says why it could not be. Not tried again by itself, since each grant
 * counts; the list of sessions is asked for anew. What comes is a credential: it is forgotten with the component.
 *
 * A grant that a page holds cannot be renewed. Where the grant is not needed before, give the route to `Avatar` instead.
 *
 * @param catalogue the route, or a client of it; may be written inline.
 * @param settings TanStack's own options, such as `onSuccess`.
 * @example
 * ```tsx
 * const { mutate, data: grant, error } = useCreateSession('/api/avatar');
 * return grant ? <Avatar grant={grant} /> : <button onClick={() => mutate({ avatarId })}>{error?.message ?? 'Begin'}</button>;
 * ```
 */
export function useCreateSession(
  catalogue: CatalogueOption,
  settings?: Omit<UseMutationOptions<Grant, AvatarError, SessionWishes>, 'mutationFn'>,
): UseMutationResult<Grant, AvatarError, SessionWishes> {
  const client = toCatalogue(catalogue);
  const queryClient = useQueryClient();
  return useMutation({
    retry: false,
    gcTime: 0,
    ...settings,
    mutationFn: (wishes) => client.createSession(wishes ?? {}),
    onSettled: async (...given) => {
      void queryClient.invalidateQueries({ queryKey: catalogueKeys.list(client, 'sessions') });
      return settings?.onSettled?.(...given);
    },
  });
}
