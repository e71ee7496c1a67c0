import { memoise } from '../memoise.js';
import { deriveKey } from '../tickets/createPassSealer.js';

/** Makes a function that tells two subjects' rooms apart in the vendor's console without telling who they are: 12 hex digits. */
export function createSubjectTag(secret: Uint8Array): (subjectId: string) => Promise<string> {
  const tagKey = memoise(() => deriveKey(secret, 'visavis subject tag v1'));
  return async (subjectId) => {
    const key = await crypto.subtle.importKey('raw', new Uint8Array(await tagKey()), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    const digest = new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(subjectId)));
    return Array.from(digest.subarray(0, 6), (byte) => byte.toString(16).padStart(2, '0')).join('');
  };
}
