import { useState } from 'react';
import { AvatarError } from '../../src/index.js';

export interface Outcome {
  /** How the latest request went; empty before the first. */
  readonly message: string;
  /** Forgets it, since something else is meant now. */
  readonly clear: () => void;
  /** Makes a request and says how it went. A newer one has the word. */
  readonly attempt: (request: () => Promise<string>) => void;
}

/** What a panel says of the requests that its buttons make. */
export function useOutcome(): Outcome {
  const [message, setMessage] = useState('');
  const attempt = (request: () => Promise<string>): void => {
    request().then(setMessage, (error: unknown) => setMessage(AvatarError.isInstance(error) ? error.message : String(error)));
  };
  return { message, attempt, clear: () => setMessage('') };
}
