import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { AvatarError } from '../../errors/AvatarError.js';
import type { AvatarSession } from '../../session/AvatarSession.js';
import { createAvatarSession, type AvatarSessionOptions } from '../../session/createAvatarSession.js';
import type { SessionStatus } from '../../session/state.js';
import { changedOptions, sameOption, turnModeOf } from '../changedOptions.js';
import { useLatest } from '../useLatest.js';

/**
 * The session that belongs to a provider, made of the provider's options.
 *
 * Changed options are honoured: `params` and the mode of `turnTaking` at once, everything else with a new session, which replaces the old one as soon
 * as that is not running. Until then the change is reported as `invalid-options`, never silently left.
 */
export function useOwnedSession(options: AvatarSessionOptions, report: (error: unknown) => void): AvatarSession {
  const latest = useLatest(options);
  const make = (): { session: AvatarSession; options: AvatarSessionOptions } => ({
    options,
    session: createAvatarSession(withLatestGrant(options, () => latest.current.grant)),
  });
  const [owned, setOwned] = useState(make);
  const { session } = owned;
  const running = useSyncExternalStore(session.subscribe, () => isRunning(session.getSnapshot().status), () => false);

  const changed = changedOptions(owned.options, options).join(', ');
  // During rendering, as React has it for state that follows a prop. The old session was never started or has ended.
  if (changed !== '' && !running) setOwned(make());

  useEffect(() => {
    if (changed === '' || !running) return;
    report(
      new AvatarError('invalid-options', {
        message: `These options changed while the session runs: ${changed}. They take effect when it has ended and is started again.`,
        context: { options: changed },
      }),
    );
  }, [changed, running, report]);

  const mode = turnModeOf(options);
  const appliedMode = useRef(mode);
  useEffect(() => {
    if (appliedMode.current === mode) return;
    appliedMode.current = mode;
    try {
      if (session.getTurnMode() !== null) session.setTurnMode(mode ?? 'voice');
    } catch (error) {
      report(error);
    }
  }, [session, mode, report]);

  const appliedParams = useRef(options.params);
  useEffect(() => {
    if (sameOption(appliedParams.current, options.params)) return;
    appliedParams.current = options.params;
    session.setParams(options.params ?? {}).catch(report);
  }, [session, options.params, report]);

  return session;
}

/** A grant function written inline is new at every render; the session calls whichever is the latest. */
function withLatestGrant(options: AvatarSessionOptions, latestGrant: () => AvatarSessionOptions['grant']): AvatarSessionOptions {
  const { grant } = options;
  if (typeof grant === 'object' && 'url' in grant && typeof grant.headers === 'function') {
    const { headers } = grant;
    const latestHeaders = (): typeof headers => {
      const latest = latestGrant();
      return typeof latest === 'object' && 'url' in latest && typeof latest.headers === 'function' ? latest.headers : headers;
    };
    return { ...options, grant: { ...grant, headers: () => latestHeaders()() } };
  }
  if (typeof grant !== 'function') return options;
  return {
    ...options,
    grant: (request) => {
      const latest = latestGrant();
      return (typeof latest === 'function' ? latest : grant)(request);
    },
  };
}

function isRunning(status: SessionStatus): boolean {
  return status !== 'idle' && status !== 'ended' && status !== 'failed';
}
