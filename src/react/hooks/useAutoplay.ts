import type { ComponentPropsWithoutRef, MouseEvent } from 'react';
import { useAvatarContext } from '../AvatarContext.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { useAvatarSession } from './useAvatarSession.js';

export interface UseAutoplayResult {
  /** True while the browser plays no sound because nobody has clicked yet (autoplay policy). */
  readonly blocked: boolean;
  readonly label: string;
  /** Plays the sound. Call it from a click. Never rejects: a failure goes to `onError`. */
  readonly unlock: () => Promise<void>;
  readonly buttonProps: ComponentPropsWithoutRef<'button'>;
}

/**
 * Whether the browser holds the avatar's sound back, and what plays it.
 *
 * @param overrides words that replace those of the provider.
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { blocked, label, buttonProps } = useAutoplay();
 * return blocked ? <button {...buttonProps}>{label}</button> : null;
 * ```
 */
export function useAutoplay(overrides?: AvatarLabelOverrides): UseAutoplayResult {
  const { focus } = useAvatarContext();
  const labels = useWords(englishSession, overrides);
  const { blocked, resumeSound } = useAvatarSession((view) => ({ blocked: view.sound === 'blocked', resumeSound: view.resumeSound }));
  return {
    blocked,
    label: labels.unlockSound,
    unlock: resumeSound,
    buttonProps: {
      type: 'button',
      ...{ 'data-state': blocked ? 'blocked' : 'playing' },
      onClick(event: MouseEvent<HTMLButtonElement>) {
        focus.offer(event.currentTarget);
        void resumeSound();
      },
    },
  };
}
