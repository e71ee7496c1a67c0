import { useId, useState, type ReactElement } from 'react';
import { akoolLive, akoolStreaming, dve } from '../../src/client.js';
import type { EmulatedVendor } from '../../src/emulator/faults/createFaults.js';
import { Avatar, AvatarProvider, Transcript, useAvatarSession } from '../../src/index.js';
import type { SessionState } from '../../src/session/state.js';
import type { ScriptedSession } from '../../src/testing/createScriptedSession.js';
import type { Wiring } from '../playground/Playground.js';
import { useEmulator } from '../playground/useEmulator.js';
import { isStill } from '../support/isStill.js';
import type { FaultCase } from './FaultCase.js';
import './faults.css';

const AVATAR_URL = import.meta.env.STORYBOOK_AVATAR_URL ?? 'http://127.0.0.1:7310/api/avatar';
const EMULATOR_URL = import.meta.env.STORYBOOK_EMULATOR_URL ?? 'http://127.0.0.1:7300';

/** A fault: what it looks like, what happens, and two buttons that bring it about and end it. */
export function FaultScene({ fault, session }: { readonly fault: FaultCase; readonly session: ScriptedSession }): ReactElement {
  const isRunning = useEmulator(EMULATOR_URL).reach === 'up';
  const [isLive, setLive] = useState(false);
  const { live } = fault;
  return (
    <div className="fault">
      {isLive && live ? (
        <AvatarProvider key="live" grant={AVATAR_URL} {...servicesOf(live.vendor)}>
          <Scene fault={fault} onBreak={() => void arm({ method: 'POST', body: JSON.stringify(live.fault) })} onMend={() => void arm({ method: 'DELETE' })} />
        </AvatarProvider>
      ) : (
        <AvatarProvider key="scripted" session={session}>
          <Scene fault={fault} onBreak={() => apply(fault.breaks, session)} onMend={() => apply(fault.mends, session)} />
        </AvatarProvider>
      )}
      {isRunning && live && !isStill() && (
        <button type="button" className="fault-live" onClick={() => setLive(!isLive)}>
          {isLive ? 'Back to the script' : 'With a live session, on the emulator'}
        </button>
      )}
    </div>
  );
}

function Scene({ fault, onBreak, onMend }: { readonly fault: FaultCase; readonly onBreak: () => void; readonly onMend: () => void }): ReactElement {
  const id = useId();
  const hasTranscript = useAvatarSession(({ transcript }) => transcript.length > 0);
  return (
    <>
      <div className="fault-look">
        <Avatar frozenAfterMs={600} />
        {hasTranscript && <Transcript className="fault-transcript" />}
      </div>
      <section className="card fault-words" aria-labelledby={id}>
        <h2 id={id}>{fault.name}</h2>
        <dl>
          <dt>What happens</dt>
          <dd>{fault.happens}</dd>
          <dt>The user</dt>
          <dd>{fault.remedy}</dd>
        </dl>
        <div className="faults">
          <button type="button" onClick={onBreak}>
            Break it
          </button>
          {fault.presses === undefined && (
            <button type="button" onClick={onMend}>
              It is over
            </button>
          )}
        </div>
        <Figures />
      </section>
    </>
  );
}

/** What the session tells the application. */
function Figures(): ReactElement {
  const figures = useAvatarSession((state) => ({
    status: state.status,
    reason: reasonOf(state),
    microphone: state.microphone.interrupted ? 'interrupted' : state.microphone.status,
    recoveries: state.recoveries,
    lostAudioMs: state.lostAudioMs,
  }));
  return (
    <dl className="fault-figures">
      {Object.entries(figures).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function reasonOf({ error, interruption, microphone }: SessionState): string {
  return (error ?? interruption ?? microphone.error)?.reason ?? 'none';
}

export function apply(change: FaultCase['breaks'], session: ScriptedSession): void {
  if (typeof change === 'function') change(session);
  else session.push(change);
}

function servicesOf(vendor: EmulatedVendor): Wiring {
  if (vendor === 'dve') return { voice: dve({ assistantId: 'host' }), avatar: akoolStreaming() };
  return { avatar: vendor === 'akool-live' ? akoolLive({ mode: 'dialogue' }) : akoolStreaming() };
}

async function arm(init: RequestInit): Promise<void> {
  // An emulator that has gone is told of by what is not seen.
  await fetch(`${EMULATOR_URL}/_emulator/faults`, { ...init, headers: { 'content-type': 'application/json' } }).catch(() => undefined);
}
