import { forwardRef, useId, type ComponentPropsWithoutRef, type ReactElement, type ReactNode } from 'react';
import type { DeviceList } from '../../audio/listDevices.js';
import type { DeviceChoiceResult } from '../hooks/useDeviceChoice.js';
import type { DeviceWords } from '../labels/DeviceLabels.js';
import { withClass } from './withClass.js';

/** What is said below a list: a fact, or something that the user should know of. */
export interface DeviceNote {
  readonly text: string;
  readonly tone: 'quiet' | 'warning';
}

interface DeviceFieldProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children' | 'onChange'> {
  readonly slot: string;
  readonly label: string;
  readonly labels: DeviceWords;
  readonly list: DeviceList;
  readonly choice: DeviceChoiceResult;
  readonly isDisabled: boolean;
  readonly note: DeviceNote | null;
  readonly onChoose: (deviceId: string) => void;
  /** Beside the list. */
  readonly extra?: ReactNode;
}

/** A labelled native list of devices, and a line below it. */
export const DeviceField = forwardRef<HTMLDivElement, DeviceFieldProps>(function DeviceField(
  { slot, label, labels, list, choice, isDisabled, note, onChoose, extra, className, ...props },
  ref,
): ReactElement {
  const id = useId();
  return (
    <div
      {...props}
      ref={ref}
      className={withClass('visavis-field', className)}
      data-visavis=""
      data-slot={slot}
      data-state={isDisabled ? 'disabled' : choice.isChanging ? 'changing' : list.status}
    >
      <label className="visavis-field-label" htmlFor={id}>
        {label}
      </label>
      <div className="visavis-field-row">
        <span className="visavis-select">
          <select
            id={id}
            value={choice.selectedId}
            disabled={isDisabled}
            aria-busy={choice.isChanging ? true : undefined}
            aria-describedby={`${id}-note`}
            onChange={(event) => onChoose(event.target.value)}
          >
            <DeviceOptions labels={labels} list={list} choice={choice} />
          </select>
        </span>
        {extra}
      </div>
      {/* There before it says anything: only then is what it says announced. */}
      <div id={`${id}-note`} className="visavis-note" role="status" data-tone={note?.tone}>
        {note?.text}
      </div>
    </div>
  );
});

function DeviceOptions({ labels, list, choice }: Pick<DeviceFieldProps, 'labels' | 'list' | 'choice'>): ReactElement {
  const { chosenDevice, selectedId } = choice;
  // As long as the browser lists nothing, a choice of an earlier visit is known by the name that it had.
  const isUnlisted = chosenDevice !== null && selectedId === chosenDevice.deviceId && !list.devices.some(({ deviceId }) => deviceId === selectedId);
  return (
    <>
      <option value="">{labels.defaultDevice(list.defaultDevice?.label ?? '')}</option>
      {isUnlisted && <option value={selectedId}>{chosenDevice.label || labels.unnamedDevice(1)}</option>}
      {list.devices.map(({ deviceId, label }, index) => (
        <option key={deviceId} value={deviceId}>
          {label || labels.unnamedDevice(index + 1)}
        </option>
      ))}
    </>
  );
}
