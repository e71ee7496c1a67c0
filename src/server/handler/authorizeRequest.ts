import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { Subject } from '../AvatarServerOptions.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import { traced } from '../traced.js';

const WINDOW_MS = 60_000;
/** Half a character has no UTF-8: in a shared ledger, and in a room's name, all of them would be the same. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Asks the app who this is, and counts what may cost something.
 *
 * @param body what was read of the request, so that `authorize` can read it too.
 * @throws `not-authorized`, `rate-limited`, `server-misconfigured`, or the `AvatarError` that `authorize` threw.
 */
export async function authorizeGrant(config: ServerConfig, request: Request, body: string): Promise<Subject> {
  const subject = await authorizeRequest(config, request, body);
  const points = subject.limits?.maxGrantsPerMinute ?? config.limits.maxGrantsPerMinute;
  await consume(config, { key: `grants:${subject.id}`, points, message: 'Too many sessions were asked for. Wait a minute and try again.' });
  const ofAll = config.limits.maxGrantsPerMinuteInTotal;
  await consume(config, { key: 'grants', points: ofAll, message: 'The server is asked for too many sessions right now. Try again in a minute.' });
  return subject;
}

/** @throws `rate-limited` with `retryAfterMs` when `key` was used too often within a minute. */
export async function consume({ ledger, metrics }: ServerConfig, { key, points, message }: { key: string; points: number; message: string }): Promise<void> {
  const { allowed, retryAfterMs } = await ledger.consume(key, { points, windowMs: WINDOW_MS });
  if (allowed) return;
  metrics.count('limited', { limit: key.split(':')[0] ?? key });
  throw new AvatarError('rate-limited', { message, context: { retryAfterMs } });
}

/** Asks the app who this is, and counts what costs no session but some work. @throws as {@link authorizeGrant} */
export async function authorizeRead(config: ServerConfig, request: Request, body: string | null): Promise<Subject> {
  const subject = await authorizeRequest(config, request, body);
  await consume(config, { key: `reads:${subject.id}`, points: config.limits.maxReadsPerMinute, message: 'You ask too often. Wait a minute and try again.' });
  return subject;
}

/** Asks the app who this is. @param body null where there can be none. @throws as {@link authorizeGrant}, but never `rate-limited` by itself. */
export async function authorizeRequest(config: ServerConfig, { url, method, headers, signal }: Request, body: string | null): Promise<Subject> {
  const subject = await traced('authorize', {}, () => askApp(config, new Request(url, { method, headers, body, signal })));
  if (subject === null || subject === undefined)
    throw new AvatarError('not-authorized', { message: 'You are not allowed to talk to an avatar here. Sign in and try again.' });
  if (typeof subject.id !== 'string' || subject.id === '' || subject.id.length > 256 || LONE_SURROGATE.test(subject.id))
    throw new AvatarError('server-misconfigured', { message: 'authorize() must answer { id } with 1 to 256 characters, or null.' });
  return subject;
}

async function askApp(config: ServerConfig, request: Request): Promise<Subject | null | undefined> {
  try {
    return await config.authorize(request);
  } catch (cause) {
    if (AvatarError.isInstance(cause)) throw cause;
    // Given up because nobody waits for it any more.
    if (request.signal.aborted) throw abortReason(request.signal);
    // Whatever it says may hold a secret of the app: the operator finds it under the app's own logging.
    throw new AvatarError('server-misconfigured', { message: 'The server could not check who you are: authorize() failed.', cause });
  }
}
