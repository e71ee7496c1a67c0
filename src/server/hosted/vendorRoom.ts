import { AvatarError } from '../../errors/AvatarError.js';
import type { ChannelGrant } from '../../grant/grant.js';
import { isLoopbackHost } from '../akool/createHostPolicy.js';
import type { AkoolSessionCredentials } from '../akool-live/sessionCredentials.js';
import type { ChatRoomAddress } from './createVendorCalls.js';
import type { HostedConfig } from './resolveHosted.js';

/** How long the vendor's documentation lets a room's token live. */
const VENDOR_TOKEN_MS = 300_000;
const MAX_UID = 0xffff_ffff;

/**
 * Admission to a room of the vendor's. Who in it is the avatar, the vendor does not say.
 *
 * @throws `message-invalid` when the vendor named no room that a browser can join.
 */
export function vendorRoomGrant(hosted: HostedConfig, credentials: AkoolSessionCredentials | null, now: number): ChannelGrant {
  if (credentials?.type !== 'agora' || credentials.token === '' || credentials.uid < 1 || credentials.uid > MAX_UID)
    throw new AvatarError('message-invalid', { message: 'The avatar service opened a session without a room that can be joined. Try again; a newer version may be needed.' });
  const { appId, channel, token, uid } = credentials;
  const room = { appId, channel, token, uid, tokenExpiresAt: now + VENDOR_TOKEN_MS };
  return hosted.loopbackUrl === null ? { kind: 'agora', ...room } : { kind: 'loopback', ...room, url: hosted.loopbackUrl };
}

/**
 * Sees that the relay may be sent to a chat room: a forged answer must not reach inside the network.
 *
 * @throws `server-misconfigured`
 */
export function checkChatRoom({ hostPolicy, allowsPlainSockets }: HostedConfig, chat: ChatRoomAddress): void {
  const url = URL.canParse(chat.clientUrl) ? new URL(chat.clientUrl) : null;
  const isSocket = url?.protocol === 'wss:' || (url?.protocol === 'ws:' && (allowsPlainSockets || isLoopbackHost(url.hostname)));
  if (url !== null && isSocket && url.username === '' && url.password === '' && url.hash === '' && hostPolicy.permitsHost(url.hostname)) return;
  throw new AvatarError('server-misconfigured', {
    message: 'The avatar service named a chat room that this server may not connect to. Operator: if it is right, add its host to akoolLive.allowedHosts.',
    context: { host: url?.hostname },
  });
}
