import { AvatarError } from '../../errors/AvatarError.js';
import type { Subject } from '../AvatarServerOptions.js';

/**
 * The avatar to grant: the one asked for, else the default, else the first that the subject may use.
 *
 * @throws `not-authorized` for one that the subject may not use, `invalid-options` when there is none to choose.
 */
export function chooseAvatar(wish: string | undefined, defaultAvatarId: string | null, subject: Subject): string {
  const allowed = subject.allowedAvatars;
  const isAllowed = (avatarId: string): boolean => allowed === undefined || allowed.includes(avatarId);
  if (wish !== undefined) {
    if (isAllowed(wish)) return wish;
    throw new AvatarError('not-authorized', { message: 'You are not allowed to talk to this avatar. Choose another.' });
  }
  if (defaultAvatarId !== null && isAllowed(defaultAvatarId)) return defaultAvatarId;
  const [first] = allowed ?? [];
  if (first !== undefined) return first;
  throw new AvatarError('invalid-options', { message: 'No avatar was named. Pass avatarId, or set defaultAvatarId in the options of its service on the server.' });
}
