import { forwardRef, type ComponentPropsWithoutRef, type ReactNode } from 'react';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishDevices } from '../labels/DeviceLabels.js';
import { useWords } from '../labels/useWords.js';
import { useSpeakerTest, type UseSpeakerTestResult } from '../hooks/useSpeakerTest.js';
import { DeviceTest } from '../parts/DeviceTest.js';

export interface SpeakerTestProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'> {
  /** Words that replace those of the provider. */
  readonly labels?: AvatarLabelOverrides;
  /** Draws the test in the place of the built-in one. */
  readonly children?: (test: UseSpeakerTestResult) => ReactNode;
}

/**
 * A button that plays a chime on the chosen speaker, and what to do if it was not heard. `data-state` is one of `idle`, `running`,
 * `done`, `failed`.
 *
 * @example
 * ```tsx
 * <SpeakerTest />
 * ```
 */
export const SpeakerTest = forwardRef<HTMLDivElement, SpeakerTestProps>(function SpeakerTest({ labels: overrides, children, ...props }, ref) {
  const labels = useWords(englishDevices, overrides);
  const test = useSpeakerTest();
  if (children) return <>{children(test)}</>;
  const words = { idle: '', running: labels.testSpeakerPlaying, done: labels.testSpeakerDone, failed: labels.testSpeakerFailed };
  return (
    <DeviceTest {...props} ref={ref} slot="speaker-test" status={test.status} tone={test.status === 'failed' ? 'warning' : 'quiet'} label={labels.testSpeaker} text={words[test.status]} onRun={test.play} />
  );
});
