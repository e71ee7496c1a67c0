import { createContext } from 'react';

/** What an `AvatarErrorBoundary` lets those below it do. */
export interface BoundaryHandle {
  /** Shows the error in place of the children, as if it had been thrown while rendering. */
  readonly show: (error: unknown) => void;
  /** Tries the children again. */
  readonly reset: () => void;
}

export const BoundaryContext = createContext<BoundaryHandle | null>(null);
