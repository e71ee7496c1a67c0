import { forwardRef, type ComponentPropsWithoutRef, type ReactNode } from 'react';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishDevices, type DeviceWords } from '../labels/DeviceLabels.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { useControlledDevice, type ControlledDeviceProps } from '../hooks/useControlledDevice.js';
import { useMicrophone, type UseMicrophoneResult } from '../hooks/useMicrophone.js';
import { DeviceField, type DeviceNote } from '../parts/DeviceField.js';

export interface MicSelectProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children' | 'defaultValue' | 'onChange'>, ControlledDeviceProps {
  /** Words that replace those of the provider. */
  readonly labels?: AvatarLabelOverrides;
  /** Draws the list in the place of the built-in one. */
  readonly children?: (microphone: UseMicrophoneResult) => ReactNode;
}

/**
 * Chooses the microphone: a native list that follows what is plugged in. A device is changed at once, during a session as well, and
 * is the one of the next visit. Says so when the chosen one is gone, and never asks for the microphone by itself. `data-state` is
 * one of `unknown`, `none`, `hidden`, `listed`, `changing`, `disabled`.
 *
 * @example
 * ```tsx
 * <MicSelect />
 * ```
 */
export const MicSelect = forwardRef<HTMLDivElement, MicSelectProps>(function MicSelect(
  { labels: overrides, children, value, defaultValue, onValueChange, ...props },
  ref,
) {
  const { microphone: microphoneLabel } = useWords(englishSession, overrides);
  const labels = useWords(englishDevices, overrides);
  const microphone = useMicrophone();
  const onChoose = useControlledDevice('microphone', { value, defaultValue, onValueChange }, microphone);
  if (children) return <>{children(microphone)}</>;
  const { list, canChoose } = microphone;
  return (
    <DeviceField
      {...props}
      ref={ref}
      slot="mic-select"
      label={microphoneLabel}
      labels={labels}
      list={list}
      choice={microphone}
      isDisabled={!canChoose || list.status === 'none' || list.status === 'unavailable'}
      note={noteOf(microphone, labels)}
      onChoose={onChoose}
    />
  );
});

/** The one thing that the user most needs to know. */
function noteOf({ list, canChoose, goneDevice, choiceError, interrupted, device }: UseMicrophoneResult, { deviceNotes }: DeviceWords): DeviceNote | null {
  if (!canChoose) return { text: deviceNotes.fixedMicrophone, tone: 'quiet' };
  if (interrupted) return { text: deviceNotes.interrupted, tone: 'warning' };
  if (list.status === 'none') return { text: deviceNotes.noMicrophone, tone: 'warning' };
  if (choiceError) return { text: deviceNotes.failed, tone: 'warning' };
  if (goneDevice) return { text: deviceNotes.gone(goneDevice.label), tone: 'warning' };
  if (list.status === 'hidden') return { text: deviceNotes.hidden, tone: 'quiet' };
  return device?.isBluetooth ? { text: deviceNotes.bluetooth, tone: 'quiet' } : null;
}
