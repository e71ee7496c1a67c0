import { useEffect, useMemo, useRef, useState } from 'react';
import { useAvatarContext } from '../AvatarContext.js';
import { detectPlatform, platformHints, type Platform } from '../devices/detectPlatform.js';
import { micHelpSteps, type MicHelpStep } from '../devices/micHelpSteps.js';
import { micTrouble, type MicTrouble } from '../devices/micTrouble.js';
import { useAudioStream } from './useAudioStream.js';
import { useAvatarSession } from './useAvatarSession.js';
import { useInBrowser } from './useInBrowser.js';
import { usePermissionReport } from './useMicPermission.js';

export interface UseMicHelpOptions {
  /** Explains this trouble, whatever the microphone says. */
  readonly trouble?: MicTrouble | undefined;
  /** Explains it for this browser and system, whatever is found. */
  readonly platform?: Platform | undefined;
}

export interface UseMicHelpResult {
  /** What is wrong; null while nothing is, and in sessions that do without a microphone. */
  readonly trouble: MicTrouble | null;
  /** What to do about it, in order; empty on a server. The words are `labels.micHelpStep`. */
  readonly steps: readonly MicHelpStep[];
  /** Where the page runs; null on a server. */
  readonly platform: Platform | null;
  /** False where trying again is of no use before the page itself has changed. */
  readonly canRetry: boolean;
  /** True while the browser asks. */
  readonly isRetrying: boolean;
  /** Asks for the microphone again; after a start that failed, starts again. Never rejects. */
  readonly retry: () => void;
}

/**
 * What is wrong with the microphone, and what to do about it in this very browser. Tries again by itself when the user has allowed
 * the microphone in the browser's settings meanwhile.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { trouble, steps, retry } = useMicHelp();
 * const { micHelpTitle } = useLabels();
 * return trouble && <p>{micHelpTitle[trouble]} ({steps.length} steps) <button onClick={retry}>Try again</button></p>;
 * ```
 */
export function useMicHelp(options: UseMicHelpOptions = {}): UseMicHelpResult {
  const { session } = useAvatarContext();
  const { status, error, start: startMicrophone } = useAudioStream();
  const { hasFailed, start: startSession } = useAvatarSession((view) => ({ hasFailed: view.status === 'failed', start: view.start }));
  const permission = usePermissionReport();
  const isBrowser = useInBrowser(() => true, false);
  const platform = useMemo(() => options.platform ?? (isBrowser ? detectPlatform(platformHints()) : null), [options.platform, isBrowser]);

  const now = options.trouble ?? (session.usesMicrophone && status !== 'on' ? micTrouble(permission, error) : null);
  // While the browser asks again the advice stays: what a user reads must not vanish under the eyes, nor the button under the finger.
  const [before, setBefore] = useState(now);
  const isRetrying = status === 'requesting' && before !== null;
  if (!isRetrying && before !== now) setBefore(now);
  const trouble = isRetrying ? before : now;

  const retry = (): void => void (hasFailed ? startSession() : startMicrophone());
  useRetryWhenAllowed(permission?.state ?? null, error?.reason === 'microphone-denied' && !hasFailed, startMicrophone);

  const steps = useMemo(() => (trouble === null || platform === null ? [] : micHelpSteps(trouble, platform)), [trouble, platform]);
  const canRetry = trouble !== 'insecure' && trouble !== 'frame' && trouble !== 'unsupported';
  return { trouble, steps, platform, canRetry, isRetrying, retry };
}

function useRetryWhenAllowed(state: PermissionState | null, wasDenied: boolean, start: () => Promise<void>): void {
  const before = useRef(state);
  useEffect(() => {
    if (before.current === 'denied' && state === 'granted' && wasDenied) void start();
    before.current = state;
  }, [state, wasDenied, start]);
}
