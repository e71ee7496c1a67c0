import type { AvatarSession } from './AvatarSession.js';
import type { AvatarSessionOptions } from './AvatarSessionOptions.js';
import { createSession } from './createSession.js';
import { loadEngine } from './loadEngine.js';

export type { AvatarSessionOptions };

/**
 * Makes a session. Nothing is opened before `start()`; and what then runs it is loaded by `start()`, or before that by `preload()`.
 *
 * @example
 * ```ts
 * const session = createAvatarSession({ grant: '/api/avatar' });
 * session.subscribe(() => console.log(session.getSnapshot().status));
 * await session.start();
 * ```
 * @throws AvatarError `invalid-options`
 */
export function createAvatarSession(options: AvatarSessionOptions): AvatarSession {
  return createSession(options, loadEngine);
}
