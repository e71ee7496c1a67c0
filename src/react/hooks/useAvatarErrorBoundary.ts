import { useContext } from 'react';
import { AvatarError } from '../../errors/AvatarError.js';
import { BoundaryContext, type BoundaryHandle } from '../BoundaryContext.js';

/**
 * The nearest `AvatarErrorBoundary`: for errors that React does not catch, of event handlers and of promises.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarErrorBoundary`
 * @example
 * ```tsx
 * const { show } = useAvatarErrorBoundary();
 * return <button onClick={() => void load().catch(show)}>Load</button>;
 * ```
 */
export function useAvatarErrorBoundary(): BoundaryHandle {
  const handle = useContext(BoundaryContext);
  if (handle === null) throw new AvatarError('invalid-options', { message: 'useAvatarErrorBoundary has no boundary. Call it below <AvatarErrorBoundary>.' });
  return handle;
}
