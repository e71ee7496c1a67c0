import type { ComponentPropsWithoutRef } from 'react';
import { useAvatarContext } from '../AvatarContext.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { useAvatarSession } from './useAvatarSession.js';
import { useStoreValue } from './useStoreValue.js';

export interface UseCaptionsToggleResult {
  /** Whether there are captions while the session is connected: as the user chose, else as the sound is. */
  readonly on: boolean;
  readonly label: string;
  /** Turns them on or off. `null` leaves it to the sound. */
  readonly setOn: (on: boolean | null) => void;
  readonly buttonProps: ComponentPropsWithoutRef<'button'>;
}

/**
 * A toggle for the captions of the nearest provider. Its name stays the same and `aria-pressed` tells whether they are on. Until the user
 * chooses they are on while the sound is blocked or its volume is 0. A choice for them is remembered for the next visit (see
 * `rememberCaptions` of `AvatarProvider`). Captions whose `open` the application keeps do not follow it.
 *
 * @param overrides words that replace those of the provider.
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { on, label, buttonProps } = useCaptionsToggle();
 * return <button {...buttonProps}>{label}: {on ? 'on' : 'off'}</button>;
 * ```
 */
export function useCaptionsToggle(overrides?: AvatarLabelOverrides): UseCaptionsToggleResult {
  const { captions } = useAvatarContext();
  const labels = useWords(englishSession, overrides);
  const wish = useStoreValue(captions, null);
  const silent = useAvatarSession((view) => view.sound === 'blocked' || view.volume === 0);
  const on = wish ?? silent;
  return {
    on,
    label: labels.captions,
    setOn: captions.set,
    buttonProps: {
      type: 'button',
      'aria-label': labels.captions,
      'aria-pressed': on,
      ...{ 'data-state': on ? 'on' : 'off' },
      onClick: () => captions.set(!on),
    },
  };
}
