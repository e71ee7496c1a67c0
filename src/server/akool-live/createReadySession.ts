import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { ServerClock } from '../serverClock.js';
import type { AkoolSession, AkoolSessions, AkoolSessionStatus } from './createSessions.js';
import type { CreateSessionInput } from './sessionInput.js';
import { untilAborted } from './untilAborted.js';

export interface SessionProgress {
  readonly sessionId: string;
  readonly status: AkoolSessionStatus;
  readonly elapsedMs: number;
}

export interface ReadySessionOptions {
  /** Called with the first status and with every answer after it. */
  readonly onProgress?: (progress: SessionProgress) => void;
  /** Default 1,000. */
  readonly pollIntervalMs?: number;
  /** How long the avatar may take, from the call on. Default 30,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Creates a session and waits until the avatar is in its room. Whatever goes wrong after it was created, it is closed:
 * an open session is paid for, used or not.
 *
 * @throws AvatarError `avatar-error` when the vendor gives up, `avatar-timeout`, or what a call throws. `context.closed`
 * says whether the session could be closed.
 */
export async function createReadySession(sessions: AkoolSessions, clock: ServerClock, input: CreateSessionInput, options: ReadySessionOptions = {}): Promise<AkoolSession> {
  const { onProgress, pollIntervalMs = 1_000, timeoutMs = 30_000, signal } = options;
  if (signal?.aborted) throw abortReason(signal);
  const startedAtMs = clock.now();
  const timeout = new AbortController();
  const cancelTimeout = clock.schedule(() => timeout.abort(), timeoutMs);
  const ending = signal ? AbortSignal.any([signal, timeout.signal]) : timeout.signal;
  const timedOut = (): AvatarError =>
    new AvatarError('avatar-timeout', { message: `The avatar was not ready within ${timeoutMs / 1000} s. Try again shortly, or allow it more time.` });

  // Not aborted with the rest: a request that is cut off may still have made a session, of which only its answer tells.
  const creating = sessions.create(input);
  let session: AkoolSession | null = null;
  try {
    session = await untilAborted(creating, ending);
    for (;;) {
      onProgress?.({ sessionId: session.id, status: session.status, elapsedMs: clock.now() - startedAtMs });
      if (session.status === 'ready') return session;
      if (session.status === 'failed') {
        throw new AvatarError('avatar-error', { message: 'The avatar service could not make the session ready. Try again, or choose another avatar.', retryable: true });
      }
      await untilAborted(wait(clock, pollIntervalMs, ending), ending);
      // Only the first answer is sure to hold the credentials.
      const next = await poll(sessions, session, ending);
      session = { ...next, credentials: next.credentials ?? session.credentials };
    }
  } catch (cause) {
    const error = timeout.signal.aborted && !signal?.aborted ? timedOut() : cause;
    if (session === null) {
      void creating.then((late) => sessions.close(late.id)).catch(() => undefined); // Nobody is left to be told.
      throw error;
    }
    const closed = await sessions.close(session.id).then(() => true, () => false);
    if (!AvatarError.isInstance(error)) throw error;
    const { reason, message, retryable, context } = error;
    throw new AvatarError(reason, { message, retryable, cause: error.cause, context: { ...context, sessionId: session.id, closed } });
  } finally {
    cancelTimeout();
  }
}

/** One answer that does not come is no reason to give up what is paid for: the next may. */
async function poll(sessions: AkoolSessions, session: AkoolSession, signal: AbortSignal): Promise<AkoolSession> {
  try {
    return await sessions.detail(session.id, { signal });
  } catch (error) {
    if (AvatarError.isInstance(error) && error.retryable) return session;
    throw error;
  }
}

function wait(clock: ServerClock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(() => {
      signal.removeEventListener('abort', cancel);
      resolve();
    }, delayMs);
    signal.addEventListener('abort', cancel, { once: true });
  });
}
