import type { ComponentPropsWithoutRef } from 'react';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { useAvatarSession } from './useAvatarSession.js';

export interface InterruptButtonState {
  /** False while there is nobody to interrupt. */
  readonly ready: boolean;
  readonly label: string;
  readonly buttonProps: ComponentPropsWithoutRef<'button'>;
}

/**
 * A button that silences the avatar at once. `aria-disabled` rather than disabled while it cannot, so that it keeps the
 * keyboard focus.
 *
 * @param overrides words that replace those of the provider.
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { label, buttonProps } = useInterruptButton();
 * return <button {...buttonProps}>{label}</button>;
 * ```
 */
export function useInterruptButton(overrides?: AvatarLabelOverrides): InterruptButtonState {
  const labels = useWords(englishSession, overrides);
  const { ready, interrupt } = useAvatarSession((view) => ({ ready: view.status === 'live', interrupt: view.interrupt }));
  return {
    ready,
    label: labels.interrupt,
    buttonProps: {
      type: 'button',
      'aria-disabled': ready ? undefined : true,
      ...{ 'data-state': ready ? 'ready' : 'unavailable' },
      onClick() {
        if (ready) void interrupt();
      },
    },
  };
}
