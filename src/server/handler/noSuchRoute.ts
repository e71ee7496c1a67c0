import { AvatarError } from '../../errors/AvatarError.js';
import { HTTP_STATUS } from './errorResponse.js';

/** The answer to a path that is not ours. */
export function noSuchRoute(): AvatarError {
  return new AvatarError('invalid-options', { message: 'There is no such route. Try POST …/session.', context: { [HTTP_STATUS]: 404 } });
}
