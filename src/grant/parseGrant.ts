import { AvatarError } from '../errors/AvatarError.js';
import type { AvatarGrant, ChannelGrant, Grant, Lease, RelayAdmission, VoiceGrant } from './grant.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Checks a grant that came from outside and returns a clean copy of it.
 * @throws AvatarError `grant-invalid`, naming the field.
 */
export function parseGrant(value: unknown): Grant {
  const fields = object(value, 'grant');
  if (fields['version'] !== 1) refuse('version', 'must be 1; the server and this client may be of different releases');
  const renewal = fields['renewal'] === undefined ? undefined : text(fields, 'renewal');
  return {
    version: 1,
    sessionId: text(fields, 'sessionId'),
    expiresAt: time(fields, 'expiresAt'),
    ...(fields['endsAt'] === undefined ? {} : { endsAt: time(fields, 'endsAt') }),
    ...(renewal === undefined ? {} : { renewal }),
    ...(fields['avatar'] === undefined ? {} : { avatar: parseAvatar(object(fields['avatar'], 'avatar')) }),
    ...(fields['voice'] === undefined ? {} : { voice: parseVoice(object(fields['voice'], 'voice')) }),
    ...(fields['channel'] === undefined ? {} : { channel: parseChannel(object(fields['channel'], 'channel')) }),
  };
}

function parseAvatar(fields: Fields): AvatarGrant {
  const avatarId = text(fields, 'avatarId', 'avatar.');
  switch (fields['service']) {
    case 'akool-streaming':
      return { service: 'akool-streaming', avatarId, ...parseAdmission(fields, 'avatar.') };
    case 'akool-live':
      return { service: 'akool-live', avatarId, ...parseLease(fields) };
    case 'akool-chat-room':
      return { service: 'akool-chat-room', avatarId, peer: text(fields, 'peer', 'avatar.'), ...parseAdmission(fields, 'avatar.'), ...parseLease(fields) };
    default:
      return refuse('avatar.service', 'names no service that this version knows');
  }
}

function parseVoice(fields: Fields): VoiceGrant {
  if (fields['service'] !== 'dve') refuse('voice.service', 'names no service that this version knows');
  return { service: 'dve', ...parseAdmission(fields, 'voice.') };
}

function parseAdmission(fields: Fields, prefix: string): RelayAdmission {
  return { url: socketUrl(fields, prefix), ticket: text(fields, 'ticket', prefix), ticketExpiresAt: time(fields, 'ticketExpiresAt', prefix) };
}

function parseLease(fields: Fields): Lease {
  return { keepIntervalMs: time(fields, 'keepIntervalMs', 'avatar.'), endsAt: time(fields, 'endsAt', 'avatar.') };
}

function parseChannel(fields: Fields): ChannelGrant {
  const kind = fields['kind'];
  if (kind !== 'agora' && kind !== 'loopback') refuse('channel.kind', 'must be agora or loopback');
  return {
    kind: kind === 'agora' ? 'agora' : 'loopback',
    appId: text(fields, 'appId', 'channel.'),
    channel: text(fields, 'channel', 'channel.'),
    token: text(fields, 'token', 'channel.'),
    uid: uid(fields, 'uid'),
    ...(fields['avatarUid'] === undefined ? {} : { avatarUid: uid(fields, 'avatarUid') }),
    tokenExpiresAt: time(fields, 'tokenExpiresAt', 'channel.'),
    ...(kind === 'loopback' ? { url: socketUrl(fields, 'channel.') } : {}),
  };
}

function refuse(field: string, why: string): never {
  throw new AvatarError('grant-invalid', { message: `The grant is not usable: ${field} ${why}.`, context: { field } });
}

function object(value: unknown, field: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(field, 'must be an object');
  return value as Fields; // checked on the line above; each field is checked where it is read
}

function text(fields: Fields, name: string, prefix = ''): string {
  const value = fields[name];
  if (typeof value !== 'string' || value === '') return refuse(prefix + name, 'must be a text that is not empty');
  return value;
}

function time(fields: Fields, name: string, prefix = ''): number {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return refuse(prefix + name, 'must be milliseconds since the epoch');
  return value;
}

function uid(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 0xffff_ffff) {
    return refuse(`channel.${name}`, 'must be a whole number from 1 to 4294967295');
  }
  return value;
}

function socketUrl(fields: Fields, prefix: string): string {
  const value = text(fields, 'url', prefix);
  const protocol = protocolOf(value);
  if (protocol !== 'ws:' && protocol !== 'wss:') refuse(`${prefix}url`, 'must begin with wss:// or ws://');
  return value;
}

/** Null for what is no URL. `URL.canParse` came to Safari only with 17. */
function protocolOf(value: string): string | null {
  try {
    return new URL(value).protocol;
  } catch {
    return null;
  }
}
