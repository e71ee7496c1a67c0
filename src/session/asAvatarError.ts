import { AvatarError, type AvatarErrorReason } from '../errors/AvatarError.js';

/** What was thrown, as an AvatarError; a port of the application's own may throw anything. */
export function asAvatarError(cause: unknown, reason: AvatarErrorReason): AvatarError {
  if (AvatarError.isInstance(cause)) return cause;
  return new AvatarError(reason, { message: 'Something unexpected went wrong while connecting; the cause is attached.', retryable: false, cause });
}
