import { AvatarError } from '../../errors/AvatarError.js';

/** A session that goes on no more. */
export function sessionEnded(): AvatarError {
  return new AvatarError('session-ended', { message: 'This session is over. Start a new one.' });
}
