import { AvatarError } from '../../errors/AvatarError.js';
import type { Subject } from '../AvatarServerOptions.js';
import type { ServerConfig } from '../resolveServerOptions.js';

const GRANT_WINDOW_MS = 60_000;

/**
 * Asks the app who this is, and counts what may cost something.
 *
 * @param body what was read of the request, so that `authorize` can read it too.
 * @throws `not-authorized`, `rate-limited`, `server-misconfigured`, or the `AvatarError` that `authorize` threw.
 */
export async function authorizeGrant(config: ServerConfig, request: Request, body: string): Promise<Subject> {
  const subject = await authorizeRequest(config, request, body);
  if ((await config.ledger.count(`grants:${subject.id}`, GRANT_WINDOW_MS)) > config.limits.maxGrantsPerMinute)
    throw new AvatarError('rate-limited', { message: 'Too many sessions were asked for. Wait a minute and try again.' });
  return subject;
}

/** Asks the app who this is. @throws as {@link authorizeGrant}, but never `rate-limited` by itself. */
export async function authorizeRequest(config: ServerConfig, request: Request, body: string): Promise<Subject> {
  const subject = await askApp(config, new Request(request.url, { method: request.method, headers: request.headers, body }));
  if (subject === null || subject === undefined)
    throw new AvatarError('not-authorized', { message: 'You are not allowed to talk to an avatar here. Sign in and try again.' });
  if (typeof subject.id !== 'string' || subject.id === '' || subject.id.length > 256)
    throw new AvatarError('server-misconfigured', { message: 'authorize() must answer { id } with 1 to 256 characters, or null.' });
  return subject;
}

async function askApp(config: ServerConfig, request: Request): Promise<Subject | null | undefined> {
  try {
    return await config.authorize(request);
  } catch (cause) {
    if (AvatarError.isInstance(cause)) throw cause;
    // Whatever it says may hold a secret of the app: the operator finds it under the app's own logging.
    throw new AvatarError('server-misconfigured', { message: 'The server could not check who you are: authorize() failed.', cause });
  }
}
