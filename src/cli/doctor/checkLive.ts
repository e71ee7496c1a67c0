import { AvatarError, createAkoolClient, type AkoolLiveServerOptions } from '../../server.js';
import { findingsOf, type Finding } from './finding.js';

/** Asks liveAvatar for the languages that it speaks: a call that needs the key and costs nothing. */
export async function checkLive(options: AkoolLiveServerOptions, signal: AbortSignal): Promise<Finding> {
  const { ok, fail } = findingsOf('liveavatar');
  try {
    const { baseUrl } = options;
    const credentials = 'apiKey' in options ? { apiKey: options.apiKey } : { clientId: options.clientId, clientSecret: options.clientSecret };
    const languages = await createAkoolClient({ ...credentials, ...(baseUrl === undefined ? {} : { baseUrl }) }).voices.languages({ signal });
    return ok(`liveAvatar takes the key and speaks ${languages.length} languages.`);
  } catch (error) {
    if (!AvatarError.isInstance(error)) return fail('liveAvatar did not answer in time.', 'See the check of its address, and try again.');
    if (error.reason === 'key-rejected') return fail('liveAvatar rejects the key.', 'Check AKOOL_API_KEY in the vendor’s console, and that the account may use liveAvatar.');
    return fail(`liveAvatar cannot be used (${error.reason}).`, 'See the check of its address, and the account in the vendor’s console.');
  }
}
