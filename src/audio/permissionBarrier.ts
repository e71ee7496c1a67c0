/**
 * Why a page cannot have a microphone whatever its user says: `insecure`: it came over plain http; `frame`: the page around it, or a
 * Permissions-Policy header, keeps it back; `unsupported`: the browser has none to give.
 */
export type PermissionBarrier = 'insecure' | 'frame' | 'unsupported';

/** What stands between this page and a microphone, or null. */
export function permissionBarrier(): PermissionBarrier | null {
  if (typeof isSecureContext === 'boolean' && !isSecureContext) return 'insecure';
  if (typeof navigator.mediaDevices?.getUserMedia !== 'function') return 'unsupported';
  return allowsMicrophone() ? null : 'frame';
}

/** True as well where the browser does not tell (Firefox, Safari): there only a refusal will. */
function allowsMicrophone(): boolean {
  const policy: unknown = 'permissionsPolicy' in document ? document.permissionsPolicy : 'featurePolicy' in document ? document.featurePolicy : null;
  if (!isPolicy(policy)) return true;
  return policy.allowsFeature('microphone');
}

function isPolicy(value: unknown): value is { allowsFeature(feature: string): boolean } {
  return typeof value === 'object' && value !== null && 'allowsFeature' in value && typeof value.allowsFeature === 'function';
}
