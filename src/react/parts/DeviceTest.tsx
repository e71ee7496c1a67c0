import { forwardRef, type ComponentPropsWithoutRef } from 'react';
import { Button } from './Button.js';
import { withClass } from './withClass.js';

interface DeviceTestProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'> {
  readonly slot: string;
  readonly status: string;
  readonly tone: 'quiet' | 'good' | 'warning';
  readonly label: string;
  /** What came of it; an empty string before. */
  readonly text: string;
  readonly isDisabled?: boolean;
  readonly onRun: () => void;
}

/** A button that tries a device, and what came of it. While it runs the button is `aria-disabled`, so that it keeps the focus. */
export const DeviceTest = forwardRef<HTMLDivElement, DeviceTestProps>(function DeviceTest(
  { slot, status, tone, label, text, isDisabled = false, onRun, className, ...props },
  ref,
) {
  const isRunning = status === 'running';
  return (
    <div
      {...props}
      ref={ref}
      className={withClass('visavis-test', className)}
      data-visavis=""
      data-slot={slot}
      data-state={status}
    >
      <Button
        own={{ 'aria-disabled': isDisabled || isRunning ? true : undefined, 'aria-busy': isRunning ? true : undefined, onClick: onRun, children: label }}
        slot={`${slot}-button`}
        look="plain"
      />
      <span className="visavis-note" role="status" data-tone={tone}>
        {text}
      </span>
    </div>
  );
});
