import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { createEmulatorControl, type EmulatorControl, type EmulatorFaults } from './createEmulatorControl.js';
import type { PanelWords } from './panelWords.js';

/** What one most wants to see a page survive; the list has them all. */
const QUICK = ['drop-socket', 'drop-channel', 'slow-reply', 'freeze-video', 'avatar-leaves', 'no-healthy-node'];

/** Makes the emulator fail. */
export function FaultSwitches({ emulatorUrl, labels }: { readonly emulatorUrl: string; readonly labels: PanelWords }): ReactElement {
  const control = useMemo(() => createEmulatorControl(emulatorUrl), [emulatorUrl]);
  const [faults, setFaults] = useState<EmulatorFaults | 'unknown' | 'down'>('unknown');
  const [chosen, setChosen] = useState('');
  const life = useRef<AbortController | null>(null);

  useEffect(() => {
    const controller = new AbortController();
    life.current = controller;
    void look(control, controller.signal, setFaults);
    return () => controller.abort();
  }, [control]);

  /** Does something, then looks what is armed by then. */
  const act = async (deed: (signal: AbortSignal) => Promise<boolean>): Promise<void> => {
    const signal = life.current?.signal;
    if (signal === undefined) return;
    await deed(signal);
    await look(control, signal, setFaults);
  };

  if (faults === 'unknown') return <div className="visavis-devtools-empty">{labels.devtoolsLoading}</div>;
  const available = faults === 'down' ? [] : faults.available;
  const name = chosen || (available[0]?.name ?? '');
  const arm = (fault: string): void => void act((signal) => control.arm(fault, signal));
  return (
    <div className="visavis-devtools-faults">
      <div className="visavis-devtools-tools" dir="ltr" lang="en">
        {QUICK.filter((fault) => available.some((other) => other.name === fault)).map((fault) => (
          <button key={fault} type="button" className="visavis-button visavis-button-plain" title={available.find((other) => other.name === fault)?.description} onClick={() => arm(fault)}>
            {fault}
          </button>
        ))}
      </div>
      {available.length > 0 && (
        <div className="visavis-devtools-tools">
          <span className="visavis-select">
            <select aria-label={labels.devtoolsFault} dir="ltr" lang="en" value={name} onChange={(event) => setChosen(event.target.value)}>
              {available.map((fault) => (
                <option key={fault.name} value={fault.name}>
                  {fault.name}
                </option>
              ))}
            </select>
          </span>
          <button type="button" className="visavis-button visavis-button-plain" onClick={() => arm(name)}>
            {labels.devtoolsFaultArm}
          </button>
          <button type="button" className="visavis-button visavis-button-plain" onClick={() => void act(control.clear)}>
            {labels.devtoolsClear}
          </button>
        </div>
      )}
      <div className="visavis-note" role="status" data-tone={faults === 'down' ? 'warning' : undefined}>
        {faults === 'down' ? labels.devtoolsEmulatorDown : labels.devtoolsFaultsArmed(faults.armed)}
      </div>
      {faults === 'down' && (
        <button type="button" className="visavis-button visavis-button-plain" onClick={() => void act(async () => true)}>
          {labels.retry}
        </button>
      )}
    </div>
  );
}

async function look(control: EmulatorControl, signal: AbortSignal, show: (faults: EmulatorFaults | 'down') => void): Promise<void> {
  const faults = await control.read(signal);
  if (!signal.aborted) show(faults ?? 'down');
}
