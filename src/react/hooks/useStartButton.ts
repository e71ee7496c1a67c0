import type { ComponentPropsWithoutRef, MouseEvent, RefObject } from 'react';
import { useAvatarContext } from '../AvatarContext.js';
import { useFocusHandoff } from '../focus/useFocusHandoff.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { useAvatarSession } from './useAvatarSession.js';

/** A button's behaviour, for a button of your own: spread `buttonProps`, attach `ref`, show it while `shown`. */
export interface SessionButton {
  /** Whether the button makes sense in the session's present state. */
  readonly shown: boolean;
  /** The words that fit the state. */
  readonly label: string;
  readonly buttonProps: ComponentPropsWithoutRef<'button'>;
  /** Takes over the keyboard focus when the button used before has vanished. */
  readonly ref: RefObject<HTMLButtonElement | null>;
}

/**
 * A button that starts the session, once however often it is pressed. While busy it is `aria-disabled` rather than
 * disabled, so that it keeps the keyboard focus. What a start needs begins to load when the pointer or the focus comes to the button.
 *
 * @param overrides words that replace those of the provider.
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { shown, label, buttonProps, ref } = useStartButton();
 * return shown ? <button {...buttonProps} ref={ref}>{label}</button> : null;
 * ```
 */
export function useStartButton(overrides?: AvatarLabelOverrides): SessionButton {
  const { focus } = useAvatarContext();
  const labels = useWords(englishSession, overrides);
  const { status, start, session } = useAvatarSession((view) => ({ status: view.status, start: view.start, session: view.session }));
  const ref = useFocusHandoff(focus, status);
  const ready = status === 'idle' || status === 'ended' || status === 'failed';
  const starting = status === 'authorizing' || status === 'connecting';
  const readyLabel = status === 'failed' ? labels.retry : status === 'ended' ? labels.restart : labels.start;

  // A load that failed is tried again by the start, which says so.
  const preload = (): void => void session.preload().catch(() => undefined);

  return {
    shown: ready || starting,
    label: starting ? labels.starting : readyLabel,
    ref,
    buttonProps: {
      type: 'button',
      'aria-disabled': ready ? undefined : true,
      'aria-busy': starting ? true : undefined,
      ...{ 'data-state': starting ? 'busy' : ready ? 'ready' : 'unavailable' },
      // The way of a pointer or a finger to the click is long enough for most of what the start needs.
      onPointerEnter: preload,
      onPointerDown: preload,
      onFocus: preload,
      onClick(event: MouseEvent<HTMLButtonElement>) {
        if (!ready) return;
        focus.offer(event.currentTarget);
        void start();
      },
    },
  };
}
