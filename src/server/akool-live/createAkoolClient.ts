import { AvatarError } from '../../errors/AvatarError.js';
import { systemServerClock } from '../serverClock.js';
import type { AkoolCallOptions, AkoolClientOptions, AkoolCredentials } from './AkoolClientOptions.js';
import { createAvatars, type AkoolAvatars } from './createAvatars.js';
import { createChatRooms, type AkoolChatRooms } from './createChatRooms.js';
import { createCall } from './createCall.js';
import { createReadySession, type ReadySessionOptions } from './createReadySession.js';
import { createKnowledge, type AkoolKnowledgeBases } from './createKnowledge.js';
import type { CreateSessionInput } from './sessionInput.js';
import { createSessions, type AkoolSession, type AkoolSessions } from './createSessions.js';
import { createVoices, type AkoolVoices } from './createVoices.js';

/** Where the vendor is. */
export const DEFAULT_BASE_URL = 'https://openapi.akool.com';

/** Akool's REST API. Every call rejects with an {@link AvatarError} that holds no secret, or with the reason of its signal. */
export interface AkoolClient {
  /** A token for tools that take one; the client itself sees to its own. @throws AvatarError `server-misconfigured` when the client has a key instead. */
  getToken(options?: AkoolCallOptions): Promise<string>;
  readonly avatars: AkoolAvatars;
  readonly sessions: AkoolSessions;
  /** Creates a session, waits until the avatar is in its room, and closes it again when that does not come about. */
  createReadySession(input: CreateSessionInput, options?: ReadySessionOptions): Promise<AkoolSession>;
  readonly voices: AkoolVoices;
  readonly knowledge: AkoolKnowledgeBases;
  /** Sessions of the older API, with a chat room. */
  readonly chatRooms: AkoolChatRooms;
}

/**
 * Makes a client of Akool's REST API, for servers: a browser must never hold the key.
 *
 * @param options a key, or an id and a secret; see {@link AkoolClientOptions} for the rest.
 * @throws AvatarError `server-misconfigured` when the credentials or the address cannot be right.
 *
 * @example
 * ```ts
 * const akool = createAkoolClient({ apiKey: process.env.AKOOL_API_KEY ?? '' });
 * const session = await akool.createReadySession({ avatarId: 'dvp_Tristan_cloth2_1080P', durationSeconds: 300 });
 * // ... and when the conversation is over:
 * await akool.sessions.close(session.id);
 * ```
 */
export function createAkoolClient(options: AkoolClientOptions): AkoolClient {
  const { baseUrl = DEFAULT_BASE_URL, clock = systemServerClock, timeoutMs = 15_000 } = options;
  // Looked up at each call, so that what replaces the global one is used as well.
  const fetch: typeof globalThis.fetch = options.fetch ?? ((...request) => globalThis.fetch(...request));
  if (!(timeoutMs > 0)) throw misconfigured('timeoutMs must be a number above 0.');
  const { call, getToken } = createCall({ baseUrl: checkBaseUrl(baseUrl), fetch, clock, timeoutMs, credentials: checkCredentials(options) });
  const sessions = createSessions(call);
  return {
    getToken,
    sessions,
    avatars: createAvatars(call),
    createReadySession: (input, readyOptions) => createReadySession(sessions, clock, input, readyOptions),
    voices: createVoices(call),
    knowledge: createKnowledge(call),
    chatRooms: createChatRooms(call),
  };
}

function checkCredentials(options: AkoolClientOptions): AkoolCredentials {
  if ('apiKey' in options) return { apiKey: checkSecret('apiKey', options.apiKey) };
  return { clientId: checkSecret('clientId', options.clientId), clientSecret: checkSecret('clientSecret', options.clientSecret) };
}

/** Printable ASCII only: it becomes a header, where anything else is an error that would quote it. */
function checkSecret(name: string, value: unknown): string {
  if (typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)) return value;
  throw misconfigured(`${name} is missing or holds blanks. Set it from the environment, for example AKOOL_API_KEY.`);
}

function checkBaseUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') {
    throw misconfigured('baseUrl must be an http: or https: address without user name and password.');
  }
  return url.origin + url.pathname;
}

function misconfigured(message: string): AvatarError {
  return new AvatarError('server-misconfigured', { message });
}
