import { useContext, type ReactElement, type ReactNode } from 'react';
import { AvatarError } from '../../errors/AvatarError.js';
import { AvatarContext } from '../AvatarContext.js';
import { AvatarProvider, type AvatarProviderOwnProps, type AvatarProviderProps } from '../components/AvatarProvider.js';

/** A session or its options; or neither, inside of an `AvatarProvider`. */
export type SessionSource = AvatarProviderProps | (AvatarProviderOwnProps & { readonly session?: undefined; readonly grant?: undefined });

/**
 * The provider of a component that can be used alone.
 *
 * @throws AvatarError `invalid-options` when there is neither a session, nor options of one, nor a provider around it
 */
export function ProvidedSession({ source, name, children }: { readonly source: SessionSource; readonly name: string; readonly children: ReactNode }): ReactElement {
  const outer = useContext(AvatarContext)?.session;
  if (source.session !== undefined || source.grant !== undefined || ('voice' in source && source.voice !== undefined)) return <AvatarProvider {...source}>{children}</AvatarProvider>;
  if (outer === undefined) {
    throw new AvatarError('invalid-options', {
      message: `This <${name}> has no session. Give it grant (the URL of your session route) or session, or put it inside <AvatarProvider>.`,
    });
  }
  if (source.labels === undefined && source.onError === undefined) return <>{children}</>;
  return <AvatarProvider {...source} session={outer}>{children}</AvatarProvider>;
}
