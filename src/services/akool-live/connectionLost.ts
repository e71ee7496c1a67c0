import { AvatarError } from '../../errors/AvatarError.js';

/** For what was asked of a connection that has ended. */
export function connectionLost(what: string): AvatarError {
  return new AvatarError('connection-lost', { message: `The connection is gone, so ${what} was not sent.`, context: { what } });
}
