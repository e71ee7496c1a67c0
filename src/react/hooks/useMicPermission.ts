import { useEffect, useState } from 'react';
import { permissionBarrier } from '../../audio/permissionBarrier.js';
import { watchPermission } from '../../audio/watchPermission.js';
import { micTrouble, type MicTrouble, type PermissionReport } from '../devices/micTrouble.js';
import { useAudioStream } from './useAudioStream.js';

export interface UseMicPermissionResult {
  /**
   * Whether this page may use the microphone. `unknown`: nobody has looked yet, as on a server. `prompt`: the browser will ask.
   * `unavailable`: no answer of the user's can help; `reason` says why.
   */
  readonly status: 'unknown' | 'prompt' | 'granted' | 'denied' | 'unavailable';
  /** Why it may not; null while it may, or may ask. */
  readonly reason: MicTrouble | null;
}

/**
 * Whether the page may use the microphone, without asking for it. Follows what the user changes in the browser's settings, and where
 * the browser tells nothing (older Firefox and Safari), what came of asking.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { status, reason } = useMicPermission();
 * return status === 'unavailable' ? <p>No microphone here: {reason}</p> : null;
 * ```
 */
export function useMicPermission(): UseMicPermissionResult {
  const { status: microphone, error } = useAudioStream();
  const report = usePermissionReport();
  if (report === null) return { status: 'unknown', reason: null };
  // Safari goes on saying `prompt` while it is on.
  if (microphone === 'on') return { status: 'granted', reason: null };
  const reason = micTrouble(report, error);
  if (report.barrier || reason === 'unsupported') return { status: 'unavailable', reason };
  if (reason === 'blocked' || reason === 'system') return { status: 'denied', reason };
  return { status: report.state === 'granted' ? 'granted' : 'prompt', reason: reason === 'dismissed' ? reason : null };
}

/** What the browser tells of its permission; null before it was asked. */
export function usePermissionReport(): PermissionReport | null {
  const [report, setReport] = useState<PermissionReport | null>(null);
  useEffect(
    () =>
      watchPermission((state) => {
        const barrier = permissionBarrier();
        setReport((before) => (before?.state === state && before.barrier === barrier ? before : { state, barrier }));
      }),
    [],
  );
  return report;
}
