import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useAudioStream, useAvatarEvent, useAvatarSession, useSpeechLevel } from '../../src/index.js';
import type { ConnectionInfo } from '../../src/services/service.js';
import type { EmulatedSession } from './useEmulator.js';

export interface ReceivedPanelProps {
  readonly sessions: readonly EmulatedSession[];
  /** Whose side is shown. */
  readonly vendor: EmulatedSession['vendor'];
}

const HEARERS: Readonly<Record<EmulatedSession['vendor'], string>> = { 'akool-streaming': 'avatar node', 'akool-live': 'hosted avatar', dve: 'voice service' };

/** What leaves this page, and what of it the other side has received. */
export function ReceivedPanel({ sessions, vendor }: ReceivedPanelProps): ReactElement {
  const { session, status, recoveries, lostAudioMs } = useAvatarSession();
  const info = useConnectionInfo(session.getConnectionInfo, status === 'live');
  const [downtimeMs, setDowntimeMs] = useState<number | null>(null);
  const meter = useRef<HTMLSpanElement>(null);
  const speechMeter = useRef<HTMLSpanElement>(null);
  useSpeechLevel((level) => speechMeter.current?.style.setProperty('--level', String(Math.min(1, level * 4))));
  useAudioStream({ onLevel: (level) => meter.current?.style.setProperty('--level', String(Math.min(1, level * 4))) });
  useAvatarEvent('recover', (event) => setDowntimeMs(event.downtimeMs));

  // A node's connection bears the session's name; the others have names of their own, and the newest is this page's.
  const received = info === null ? undefined : sessions.findLast((other) => other.vendor === vendor && (vendor !== 'akool-streaming' || other.id === info.sessionId));
  return (
    <section className="card" aria-labelledby="received">
      <h2 id="received">What the {HEARERS[vendor]} received</h2>
      <div className="meters" aria-hidden="true">
        <span>You</span>
        <div className="meter">
          <span ref={meter} />
        </div>
        <span>It</span>
        <div className="meter">
          <span ref={speechMeter} data-meter="speech" />
        </div>
      </div>
      <dl className="facts">
        <dt>Sent</dt>
        {/* A hosted avatar hears the microphone as a track of its room. */}
        <dd>{vendor === 'akool-live' ? 'as a track' : seconds(info?.sentAudioMs)}</dd>
        <dt>Received</dt>
        <dd>{seconds(received?.receivedMs)}</dd>
        <dt>{vendor === 'akool-streaming' ? 'Node' : 'State'}</dt>
        <dd>{received ? describe(received) : 'none'}</dd>
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

function describe({ node, state, speaking }: EmulatedSession): string {
  const words = `${state}${speaking ? ', speaking' : ''}`;
  return node === null ? words : `${node} (${words})`;
}

function seconds(durationMs: number | undefined): string {
  return durationMs === undefined ? '0.0 s' : `${(durationMs / 1_000).toFixed(1)} s`;
}
