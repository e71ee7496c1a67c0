import { forwardRef, type ComponentPropsWithoutRef, type ReactNode } from 'react';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishDevices, type DeviceWords } from '../labels/DeviceLabels.js';
import { useWords } from '../labels/useWords.js';
import { useControlledDevice, type ControlledDeviceProps } from '../hooks/useControlledDevice.js';
import { useSpeaker, type UseSpeakerResult } from '../hooks/useSpeaker.js';
import { Button } from '../parts/Button.js';
import { DeviceField, type DeviceNote } from '../parts/DeviceField.js';

export interface SpeakerSelectProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children' | 'defaultValue' | 'onChange'>, ControlledDeviceProps {
  /** What to do where the browser lets nobody choose: `explain` (default) shows a list that is disabled and says why, `hide` shows nothing. */
  readonly whenUnsupported?: 'explain' | 'hide';
  /** Words that replace those of the provider. */
  readonly labels?: AvatarLabelOverrides;
  /** Draws the list in the place of the built-in one. */
  readonly children?: (speaker: UseSpeakerResult) => ReactNode;
}

/**
 * Chooses where the avatar is heard: a native list that follows what is plugged in, and where the browser has a dialogue of its own
 * (Firefox), a button that opens it. The choice is the one of the next visit, too. `data-state` is one of `unknown`, `none`,
 * `hidden`, `listed`, `changing`, `disabled`.
 *
 * @example
 * ```tsx
 * <SpeakerSelect whenUnsupported="hide" />
 * ```
 */
export const SpeakerSelect = forwardRef<HTMLDivElement, SpeakerSelectProps>(function SpeakerSelect(
  { whenUnsupported = 'explain', labels: overrides, children, value, defaultValue, onValueChange, ...props },
  ref,
) {
  const labels = useWords(englishDevices, overrides);
  const speaker = useSpeaker();
  const onChoose = useControlledDevice('speaker', { value, defaultValue, onValueChange }, speaker);
  if (children) return <>{children(speaker)}</>;
  const { list, supported, ask } = speaker;
  if (!supported && whenUnsupported === 'hide') return null;
  return (
    <DeviceField
      {...props}
      ref={ref}
      slot="speaker-select"
      label={labels.speaker}
      labels={labels}
      list={list}
      choice={speaker}
      isDisabled={!supported || list.status === 'unavailable'}
      note={noteOf(speaker, labels)}
      onChoose={onChoose}
      extra={ask && supported && <Button own={{ onClick: () => void ask(), children: labels.otherSpeaker }} slot="other-speaker" look="plain" />}
    />
  );
});

/** The one thing that the user most needs to know. */
function noteOf({ list, supported, goneDevice, choiceError }: UseSpeakerResult, { deviceNotes }: DeviceWords): DeviceNote | null {
  if (!supported) return { text: deviceNotes.fixedSpeaker, tone: 'quiet' };
  if (choiceError) return { text: deviceNotes.failed, tone: 'warning' };
  if (goneDevice) return { text: deviceNotes.gone(goneDevice.label), tone: 'warning' };
  if (list.status === 'hidden') return { text: deviceNotes.hidden, tone: 'quiet' };
  // Firefox and Safari list none although there is one: only a browser that lists them all can tell that there is none.
  return null;
}
