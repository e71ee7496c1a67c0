import { useState, type ReactElement } from 'react';
import type { FaultRequest } from '../../src/emulator/faults/createFaults.js';

interface FaultChoice {
  readonly label: string;
  readonly fault: FaultRequest;
  readonly outcome: string;
}

const choices: readonly FaultChoice[] = [
  { label: 'Drop the socket', fault: { fault: 'drop-socket' }, outcome: 'The socket was cut. The session moves to another node by itself.' },
  { label: 'Freeze the picture', fault: { fault: 'freeze-video' }, outcome: 'The picture stands still until the faults are cleared.' },
  { label: 'Slow acknowledgement', fault: { fault: 'slow-ack', delayMs: 3_000 }, outcome: 'The next command is acknowledged after three seconds.' },
  { label: 'No healthy node', fault: { fault: 'no-healthy-node', forever: true }, outcome: 'New connections find no avatar until the faults are cleared.' },
];

/** Makes the emulator fail, to see what the page makes of it. */
export function FaultPanel({ emulatorUrl }: { readonly emulatorUrl: string }): ReactElement {
  const [message, setMessage] = useState('');
  const send = async (outcome: string, init: RequestInit): Promise<void> => {
    const answer = await fetch(`${emulatorUrl}/_emulator/faults`, init).catch(() => null);
    setMessage(answer?.ok ? outcome : 'The emulator did not take this. Is it still running?');
  };
  const arm = ({ fault, outcome }: FaultChoice): Promise<void> =>
    send(outcome, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fault) });

  return (
    <section className="card" aria-labelledby="faults">
      <h2 id="faults">Break something</h2>
      <div className="faults">
        {choices.map((choice) => (
          <button key={choice.label} type="button" onClick={() => void arm(choice)}>
            {choice.label}
          </button>
        ))}
        <button type="button" onClick={() => void send('All faults are cleared.', { method: 'DELETE' })}>
          Clear
        </button>
      </div>
      <p role="status">{message}</p>
    </section>
  );
}
