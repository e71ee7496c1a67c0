import type { PermissionBarrier } from '../../audio/permissionBarrier.js';
import type { AvatarError } from '../../errors/AvatarError.js';

/**
 * What keeps the microphone from the page, as its user can tell it apart. `blocked`: this site is not allowed it; `dismissed`: the
 * browser's question was closed; `system`: the operating system keeps it from the browser; the rest as in `PermissionBarrier`
 * and in the reasons of an `AvatarError`.
 */
export type MicTrouble = 'blocked' | 'dismissed' | 'system' | PermissionBarrier | 'missing' | 'unplugged' | 'busy';

/** What is known of the browser's permission. `state` is null where the browser does not tell. */
export interface PermissionReport {
  readonly barrier: PermissionBarrier | null;
  readonly state: PermissionState | null;
}

/**
 * Says which trouble it is.
 *
 * @param permission null while nobody has looked.
 * @param error what the microphone failed with, if it has.
 */
export function micTrouble(permission: PermissionReport | null, error: AvatarError | null): MicTrouble | null {
  if (permission?.barrier) return permission.barrier;
  switch (error?.reason) {
    case 'microphone-denied':
      return refusal(permission, error);
    case 'microphone-missing':
      return 'missing';
    case 'microphone-unplugged':
      return 'unplugged';
    case 'microphone-busy':
      return 'busy';
    case 'microphone-unsupported':
      return 'unsupported';
    case 'insecure-origin':
      return 'insecure';
    default:
      return permission?.state === 'denied' ? 'blocked' : null;
  }
}

/** Chrome says it in the message: "Permission denied by system", "Permission dismissed". Others tell nothing. */
function refusal(permission: PermissionReport | null, { cause }: AvatarError): MicTrouble {
  const message = cause instanceof Error ? cause.message : '';
  if (/system/i.test(message)) return 'system';
  if (permission?.state === 'denied') return 'blocked';
  // The next attempt is asked about again, or has been allowed since.
  return /dismissed/i.test(message) || permission?.state != null ? 'dismissed' : 'blocked';
}
