import { AvatarError } from '../errors/AvatarError.js';
import type { AvatarConnection, AvatarParams } from '../services/service.js';

/** How the avatar should look and sound, now and after a reconnect. */
export interface Params {
  readonly current: AvatarParams;
  /**
   * Adds to the parameters and tells the avatar, if there is one.
   * @throws AvatarError `avatar-refused`, `avatar-timeout`, `connection-lost`
   */
  add(next: AvatarParams): Promise<void>;
}

/** Starts with the application's own. `avatar` is read at each change. */
export function createParams(initial: AvatarParams, avatar: () => AvatarConnection | null): Params {
  let current = initial;
  return {
    get current() {
      return current;
    },
    async add(next) {
      const before = current;
      const wanted = { ...before, ...next };
      current = wanted;
      try {
        await avatar()?.setParams(wanted);
      } catch (error) {
        // What the service has refused must not be sent again at the next reconnect, which would fail on it.
        if (AvatarError.isInstance(error) && error.reason === 'avatar-refused' && current === wanted) current = before;
        throw error;
      }
    },
  };
}
