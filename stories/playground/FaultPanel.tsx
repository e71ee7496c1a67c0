import { useId, useState, type ReactElement } from 'react';
import type { EmulatedVendor, FaultRequest } from '../../src/emulator/faults/createFaults.js';
import { faultCatalog, type FaultName } from '../../src/emulator/faults/faultCatalog.js';
import './workshop.css';

interface FaultChoice {
  readonly label: string;
  readonly fault: FaultRequest;
  readonly outcome: string;
}

const avatarGone: FaultChoice = { label: 'Avatar leaves', fault: { fault: 'avatar-leaves' }, outcome: 'The avatar has left its room. The session asks for another.' };
const socketCut = (outcome: string): FaultChoice => ({ label: 'Drop the socket', fault: { fault: 'drop-socket' }, outcome });
const slowReply: FaultChoice = { label: 'Slow reply', fault: { fault: 'slow-reply', delayMs: 3_000 }, outcome: 'The next reply begins three seconds late.' };
const frozen: FaultChoice = { label: 'Freeze the picture', fault: { fault: 'freeze-video' }, outcome: 'The picture stands still until the faults are cleared.' };
const slowAck: FaultChoice = { label: 'Slow acknowledgement', fault: { fault: 'slow-ack', delayMs: 3_000 }, outcome: 'The next command is acknowledged after three seconds.' };

const choices: Readonly<Record<EmulatedVendor, readonly FaultChoice[]>> = {
  'akool-streaming': [
    socketCut('The socket was cut. The session moves to another node by itself.'),
    frozen,
    slowAck,
    { label: 'No healthy node', fault: { fault: 'no-healthy-node', forever: true }, outcome: 'New connections find no avatar until the faults are cleared.' },
  ],
  'akool-live': [avatarGone, frozen, slowReply, slowAck],
  dve: [socketCut('The socket was cut. The session connects again by itself.'), slowReply],
};

/** Makes the emulator fail, to see what the page makes of it. */
export function FaultPanel({ emulatorUrl, vendor }: { readonly emulatorUrl: string; readonly vendor: EmulatedVendor }): ReactElement {
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
        {choices[vendor].map((choice) => (
          <button key={choice.label} type="button" onClick={() => void arm(choice)}>
            {choice.label}
          </button>
        ))}
        <button type="button" onClick={() => void send('All faults are cleared.', { method: 'DELETE' })}>
          Clear
        </button>
      </div>
      <AnyFault onArm={(fault) => void arm({ label: fault, fault: { fault }, outcome: `${fault} is armed.` })} />
      <p role="status">{message}</p>
    </section>
  );
}

/** All that the emulator can get wrong, with what it does. */
function AnyFault({ onArm }: { readonly onArm: (fault: FaultName) => void }): ReactElement {
  const [chosen, setChosen] = useState<FaultName>('close-socket');
  const id = useId();
  return (
    <div className="ask fault-any">
      <label htmlFor={id}>Or any other fault</label>
      <div className="ask-line">
        {/* The options below are the keys of the catalogue. */}
        <select id={id} aria-describedby={`${id}-what`} value={chosen} onChange={(event) => setChosen(event.target.value as FaultName)}>
          {Object.keys(faultCatalog).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <button type="button" onClick={() => onArm(chosen)}>
          Break it
        </button>
      </div>
      <p id={`${id}-what`}>{faultCatalog[chosen].replaceAll('`', '')}</p>
    </div>
  );
}
