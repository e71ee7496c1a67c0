import type { MouseEvent } from 'react';
import { useAvatarContext } from '../AvatarContext.js';
import { useFocusHandoff } from '../focus/useFocusHandoff.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { useAvatarSession } from './useAvatarSession.js';
import type { SessionButton } from './useStartButton.js';

/**
 * A button that ends the session, or gives up connecting.
 *
 * @param overrides words that replace those of the provider.
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { shown, label, buttonProps, ref } = useEndButton();
 * return shown ? <button {...buttonProps} ref={ref}>{label}</button> : null;
 * ```
 */
export function useEndButton(overrides?: AvatarLabelOverrides): SessionButton {
  const { focus } = useAvatarContext();
  const labels = useWords(englishSession, overrides);
  const { status, sound, end } = useAvatarSession((view) => ({ status: view.status, sound: view.sound, end: view.end }));
  // The button that plays blocked sound vanishes with it.
  const ref = useFocusHandoff(focus, `${status} ${sound}`);
  const starting = status === 'authorizing' || status === 'connecting';
  const ready = starting || status === 'live' || status === 'reconnecting';

  return {
    shown: ready || status === 'ending',
    label: starting ? labels.cancel : labels.end,
    ref,
    buttonProps: {
      type: 'button',
      'aria-disabled': ready ? undefined : true,
      ...{ 'data-state': status === 'ending' ? 'busy' : ready ? 'ready' : 'unavailable' },
      onClick(event: MouseEvent<HTMLButtonElement>) {
        if (!ready) return;
        focus.offer(event.currentTarget);
        void end();
      },
    },
  };
}
