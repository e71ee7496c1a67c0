import type { ComponentPropsWithoutRef } from 'react';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { useAudioStream } from './useAudioStream.js';

/** `unmuted` hears the user; `muted` keeps the device; `failed` can be tried again. */
export type MicToggleState = 'off' | 'requesting' | 'unmuted' | 'muted' | 'failed';

export interface MicToggleButton {
  readonly state: MicToggleState;
  readonly label: string;
  readonly buttonProps: ComponentPropsWithoutRef<'button'>;
}

/**
 * A toggle for the microphone. Its name stays the same and `aria-pressed` tells whether the user is heard.
 *
 * @param overrides words that replace those of the provider.
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { state, label, buttonProps } = useMicToggle();
 * return <button {...buttonProps}>{label}: {state}</button>;
 * ```
 */
export function useMicToggle(overrides?: AvatarLabelOverrides): MicToggleButton {
  const labels = useWords(englishSession, overrides);
  const { status, muted, toggle } = useAudioStream();
  const state: MicToggleState = status === 'on' ? (muted ? 'muted' : 'unmuted') : status;
  return {
    state,
    label: labels.microphone,
    buttonProps: {
      type: 'button',
      'aria-label': labels.microphone,
      'aria-pressed': state === 'unmuted',
      'aria-busy': state === 'requesting' ? true : undefined,
      ...{ 'data-state': state },
      onClick: toggle,
    },
  };
}
