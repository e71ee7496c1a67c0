import { useEffect, useState, type ReactElement } from 'react';
import { systemClock } from '../../clock/clock.js';
import type { ConnectionInfo } from '../../services/service.js';
import type { AvatarSession } from '../../session/AvatarSession.js';
import { useAvatarContext } from '../AvatarContext.js';
import { useAvatarSession } from '../hooks/useAvatarSession.js';

const POLL_MS = 1_000;

/** The session at a glance. Names are those of the state: it is read by who writes against it. */
export function SessionSummary(): ReactElement {
  const { session } = useAvatarContext();
  const view = useAvatarSession(({ status: name, room, sound, microphone, turnId, recoveries, attempt, lostAudioMs, sessionId, error, interruption }) => ({
    status: name,
    room,
    sound,
    microphone: microphone.muted ? `${microphone.status}, muted` : microphone.status,
    turnId,
    recoveries,
    attempt,
    lostAudioMs: Math.round(lostAudioMs),
    sessionId: sessionId ?? '',
    error: (error ?? interruption)?.reason ?? '',
  }));
  const info = useConnectionInfo(session, view.status === 'live');
  const facts: readonly (readonly [string, string | number])[] = [
    ['room', view.room],
    ['sound', view.sound],
    ['microphone', view.microphone],
    ['turnId', view.turnId],
    ['recoveries', view.recoveries],
    ['attempt', view.attempt],
    ['lostAudioMs', view.lostAudioMs],
    ['service', info?.service ?? ''],
    ['roundTripMs', info?.roundTripMs == null ? '' : Math.round(info.roundTripMs)],
    ['sentAudioMs', info === null ? '' : Math.round(info.sentAudioMs)],
    ['sessionId', view.sessionId],
    ['error', view.error],
  ];
  return (
    <dl className="visavis-devtools-facts">
      {facts.map(([name, value]) =>
        value === '' || value === 0 ? null : (
          <div key={name} dir="ltr">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** The connection's figures, once a second while live: they are no state of the session, so nothing announces them. */
function useConnectionInfo(session: AvatarSession, isLive: boolean): ConnectionInfo | null {
  const [info, setInfo] = useState<ConnectionInfo | null>(null);
  useEffect(() => {
    if (!isLive) return;
    let cancel = () => {};
    const look = (): void => {
      setInfo(session.getConnectionInfo());
      cancel = systemClock.schedule(look, POLL_MS);
    };
    look();
    return () => {
      cancel();
      setInfo(null);
    };
  }, [session, isLive]);
  return info;
}
