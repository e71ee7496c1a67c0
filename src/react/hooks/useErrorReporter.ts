import { useState } from 'react';
import { AvatarError } from '../../errors/AvatarError.js';
import { useLatest } from '../useLatest.js';

/** A function that gives each error to the latest `onError` once, however many paths it arrives by. */
export function useErrorReporter(onError: ((error: AvatarError) => void) | undefined): (error: unknown) => void {
  const latest = useLatest(onError);
  const [report] = useState(() => {
    const reported = new WeakSet<AvatarError>();
    return (error: unknown): void => {
      // What is no AvatarError is a bug of the library or an abort; neither is for the application to handle.
      if (!AvatarError.isInstance(error) || reported.has(error)) return;
      reported.add(error);
      if (latest.current) latest.current(error);
      // A mistake in the program that no state shows; with nobody listening it would go unseen.
      else if (error.reason === 'invalid-options') console.error(`visavis: ${error.message}`);
    };
  });
  return report;
}
