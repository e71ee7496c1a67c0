import type { MouseEvent } from 'react';
import { useAvatarContext } from '../AvatarContext.js';
import { useFocusHandoff } from '../focus/useFocusHandoff.js';
import { useAvatarSession } from './useAvatarSession.js';
import type { SessionButton } from './useStartButton.js';

/**
 * A button that ends the session, or gives up connecting.
 *
 * @example
 * ```tsx
 * const { shown, label, buttonProps, ref } = useEndButton();
 * return shown ? <button {...buttonProps} ref={ref}>{label}</button> : null;
 * ```
 */
export function useEndButton(): SessionButton {
  const { labels, focus } = useAvatarContext();
  const { status, end } = useAvatarSession((view) => ({ status: view.status, end: view.end }));
  const ref = useFocusHandoff(focus, status);
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
