import type { ChannelOptions } from '../../server.js';
import { issueChannel, createSeat } from '../../server/channel/issueChannel.js';
import { systemServerClock } from '../../server/serverClock.js';
import { findingsOf, type Finding } from './finding.js';

const TOKEN_TTL_MS = 60_000;
const HEX_32 = /^[0-9a-f]{32}$/i;

/**
 * Whether tokens for rooms can be made. Only Agora can tell whether it takes them.
 *
 * @param isNeeded whether avatars need rooms of ours.
 */
export async function checkAgora(channel: ChannelOptions | null, isNeeded: boolean): Promise<Finding> {
  const { ok, skip, fail } = findingsOf('agora');
  if (channel === null && isNeeded) return fail('AGORA_APP_ID and AGORA_APP_CERTIFICATE are not set.', 'Copy both from your project in the Agora console: the avatar appears in rooms of yours.');
  if (channel === null) return skip("No rooms of our own: the vendor's are used.");
  if (channel.kind === 'loopback') return skip('The rooms are those of an emulator.');
  if (!HEX_32.test(channel.appId)) return fail('AGORA_APP_ID is not 32 hex digits.', 'Copy the App ID of your project from the Agora console.');
  if (!HEX_32.test(channel.certificate)) return fail('AGORA_APP_CERTIFICATE is not 32 hex digits.', 'Copy the primary certificate of your project from the Agora console; it may have to be enabled there.');
  if (channel.appId.toLowerCase() === channel.certificate.toLowerCase())
    return fail('AGORA_APP_CERTIFICATE is the same as AGORA_APP_ID.', 'Copy the primary certificate of your project from the Agora console.');
  try {
    const seat = await createSeat('doctor');
    const { grant } = await issueChannel({ channel, clock: systemServerClock }, seat, systemServerClock.epochMs() + TOKEN_TTL_MS);
    return grant.token.startsWith('007') ? ok('App ID and certificate make tokens.') : fail('The token is of an unknown kind.', 'Install the versions that the package asks for: npm ci');
  } catch {
    return fail('App ID and certificate make no token.', 'Check AGORA_APP_ID and AGORA_APP_CERTIFICATE in the Agora console.');
  }
}
