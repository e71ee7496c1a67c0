import { useState, type ReactElement } from 'react';
import { AvatarError, replayLog, type SessionReplay } from '../../src/client.js';

interface Loaded {
  readonly replay: SessionReplay | null;
  readonly problem: string;
}

const NOTHING: Loaded = { replay: null, problem: '' };

/** Reads a log of a session, from a file or as text, and goes through it step by step. */
export function ReplayPanel({ sample }: { readonly sample?: string }): ReactElement {
  const [text, setText] = useState(sample ?? '');
  const [{ replay, problem }, setLoaded] = useState<Loaded>(() => (sample === undefined ? NOTHING : load(sample)));
  const [step, setStep] = useState(0);

  const open = (next: string): void => {
    setText(next);
    setLoaded(next.trim() === '' ? NOTHING : load(next));
    setStep(0);
  };

  return (
    <main className="playground">
      <div className="playground-main">
        <h1>Replay a log</h1>
        <p>
          What <code>session.exportLog()</code> gave goes through the rules of the session once more, with nothing connected.
        </p>
        <section className="card" aria-labelledby="log">
          <h2 id="log">The log</h2>
          <label>
            File <input type="file" accept="application/json,.json" onChange={({ target }) => void target.files?.[0]?.text().then(open)} />
          </label>
          <label>
            Or its text
            <textarea rows={6} style={{ inlineSize: '100%' }} spellCheck={false} value={text} onChange={({ target }) => open(target.value)} />
          </label>
          <p role="status">{problem}</p>
        </section>
        {replay && <Steps replay={replay} step={step} onStep={setStep} />}
      </div>
    </main>
  );
}

interface StepsProps {
  readonly replay: SessionReplay;
  readonly step: number;
  readonly onStep: (step: number) => void;
}

function Steps({ replay: { log, initial, steps, matches }, step, onStep }: StepsProps): ReactElement {
  const present = steps[step - 1];
  const { video, audio, transcript, error, interruption, microphone, ...state } = present?.state ?? initial;
  const shown = { ...state, microphone: microphone.status, video: video !== null, audio: audio !== null, error: error?.reason ?? null, interruption: interruption?.reason ?? null };
  return (
    <section className="card" aria-labelledby="steps">
      <h2 id="steps">
        Step {step} of {steps.length}
      </h2>
      <p role="status">
        {matches ? 'It ends in just the state that the session was in.' : 'It ends in another state than the session did: other rules made this log.'}
        {log.droppedEvents > 0 && ` ${log.droppedEvents} earlier events are left out.`}
      </p>
      <input type="range" aria-label="Step" style={{ inlineSize: '100%' }} min={0} max={steps.length} value={step} onChange={({ target }) => onStep(Number(target.value))} />
      <p>
        <button type="button" disabled={step === 0} onClick={() => onStep(step - 1)}>
          Back
        </button>{' '}
        <button type="button" disabled={step === steps.length} onClick={() => onStep(step + 1)}>
          Next
        </button>
      </p>
      <p>{present ? `${(present.atMs / 1_000).toFixed(2)} s: ${present.event.type}${'part' in present.event ? ` (${present.event.part})` : ''}` : 'Before the first event'}</p>
      <table>
        <tbody>
          {Object.entries(shown).map(([name, value]) => (
            <tr key={name}>
              <th scope="row" style={{ textAlign: 'start' }}>
                {name}
              </th>
              <td>{JSON.stringify(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ol>
        {transcript.map(({ id, role, text }) => (
          <li key={id}>
            {role}: {text}
          </li>
        ))}
      </ol>
    </section>
  );
}

function load(text: string): Loaded {
  try {
    return { replay: replayLog(text), problem: '' };
  } catch (error) {
    if (!AvatarError.isInstance(error)) throw error;
    return { replay: null, problem: error.message };
  }
}
