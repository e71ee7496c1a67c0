import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useAudioStream, useAvatarEvent, useAvatarSession } from '../../src/index.js';
import type { ConnectionInfo } from '../../src/services/service.js';
import type { EmulatedSession } from './useEmulator.js';

/** What leaves this page, and what of it the avatar node has received. */
export function ReceivedPanel({ sessions }: { readonly sessions: readonly EmulatedSession[] }): ReactElement {
  const { session, status, recoveries, lostAudioMs } = useAvatarSession();
  const info = useConnectionInfo(session.getConnectionInfo, status === 'live');
  const [downtimeMs, setDowntimeMs] = useState<number | null>(null);
  const meter = useRef<HTMLSpanElement>(null);
  useAudioStream({ onLevel: (level) => meter.current?.style.setProperty('--level', String(Math.min(1, level * 4))) });
  useAvatarEvent('recover', (event) => setDowntimeMs(event.downtimeMs));

  const received = sessions.findLast(({ id, vendor }) => info !== null && id === info.sessionId && vendor === 'akool-streaming');
  return (
    <section className="card" aria-labelledby="received">
      <h2 id="received">What the avatar node received</h2>
      <div className="meter" aria-hidden="true">
        <span ref={meter} />
      </div>
      <dl className="facts">
        <dt>Sent</dt>
        <dd>{seconds(info?.sentAudioMs)}</dd>
        <dt>Received</dt>
        <dd>{seconds(received?.receivedMs)}</dd>
        <dt>Node</dt>
        <dd>{received ? `${received.node} (${received.state}${received.speaking ? ', speaking' : ''})` : 'none'}</dd>
        <dt>Interrupts</dt>
        <dd>{received?.interrupts ?? 0}</dd>
        <dt>Round trip</dt>
        <dd>{info?.roundTripMs == null ? 'not measured yet' : `${Math.round(info.roundTripMs)} ms`}</dd>
        <dt>Recoveries</dt>
        <dd>{downtimeMs === null ? recoveries : `${recoveries} (last took ${seconds(downtimeMs)})`}</dd>
        <dt>Lost speech</dt>
        <dd>{Math.round(lostAudioMs)} ms</dd>
        <dt>Session</dt>
        <dd>{info?.sessionId ?? 'none'}</dd>
      </dl>
    </section>
  );
}

/** The connection's figures, once a second while live. They are no state of the session, so nothing announces them. */
function useConnectionInfo(read: () => ConnectionInfo | null, live: boolean): ConnectionInfo | null {
  const [info, setInfo] = useState<ConnectionInfo | null>(null);
  useEffect(() => {
    if (!live) return;
    const timer = setInterval(() => setInfo(read()), 1_000);
    return () => clearInterval(timer);
  }, [read, live]);
  return info;
}

function seconds(durationMs: number | undefined): string {
  return durationMs === undefined ? '0.0 s' : `${(durationMs / 1_000).toFixed(1)} s`;
}
