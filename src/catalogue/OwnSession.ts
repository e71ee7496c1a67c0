import { readCount, readOptionalText, readText, type Fields } from './readFields.js';

/** A session of this user that is going on, in whatever page. */
export interface OwnSession {
  readonly sessionId: string;
  /** Service of its avatar, such as `akool-streaming`; null for a voice alone. */
  readonly service: string | null;
  readonly avatarId: string | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** Reads a session that came from the server. @throws AvatarError `request-failed` */
export function parseOwnSession(fields: Fields): OwnSession {
  return {
    sessionId: readText(fields, 'sessionId'),
    service: readOptionalText(fields, 'service'),
    avatarId: readOptionalText(fields, 'avatarId'),
    startedAt: readCount(fields, 'startedAt'),
  };
}
