import { forwardRef, type ComponentPropsWithoutRef, type ReactNode } from 'react';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishDevices, type DeviceWords } from '../labels/DeviceLabels.js';
import { useWords } from '../labels/useWords.js';
import { useEchoTest, type UseEchoTestResult } from '../hooks/useEchoTest.js';
import { DeviceTest } from '../parts/DeviceTest.js';

export interface EchoTestProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'> {
  /** Words that replace those of the provider. */
  readonly labels?: AvatarLabelOverrides;
  /** Draws the test in the place of the built-in one. */
  readonly children?: (test: UseEchoTestResult) => ReactNode;
}

/**
 * A button that plays a short phrase and tells whether the microphone hears it: if it does, the assistant may interrupt itself, and
 * headphones help. Disabled while the microphone is off. `data-state` is one of `idle`, `running`, `clean`, `echo`, `unclear`,
 * `failed`.
 *
 * @example
 * ```tsx
 * <EchoTest />
 * ```
 */
export const EchoTest = forwardRef<HTMLDivElement, EchoTestProps>(function EchoTest({ labels: overrides, children, ...props }, ref) {
  const labels = useWords(englishDevices, overrides);
  const test = useEchoTest();
  if (children) return <>{children(test)}</>;
  const { verdict, status, isReady, run } = test;
  const tone = verdict === 'clean' ? 'good' : verdict !== null || status === 'failed' ? 'warning' : 'quiet';
  return (
    <DeviceTest {...props} ref={ref} slot="echo-test" status={verdict ?? status} tone={tone} label={labels.testEcho} text={textOf(test, labels)} onRun={run} isDisabled={!isReady} />
  );
});

function textOf({ status, verdict }: UseEchoTestResult, labels: DeviceWords): string {
  if (status === 'running') return labels.testEchoRunning;
  if (status === 'failed') return labels.testEchoFailed;
  return verdict === null ? '' : labels.testEchoResult[verdict];
}
