import { forwardRef } from 'react';
import { useAvatarContext } from '../AvatarContext.js';
import { useAvatarSession } from '../hooks/useAvatarSession.js';
import { Button, type ButtonProps } from '../parts/Button.js';
import { SoundIcon } from '../parts/icons.js';

export type SoundUnlockButtonProps = ButtonProps;

/**
 * Appears when the browser has blocked the avatar's sound (autoplay policy) and plays it when pressed.
 *
 * @example
 * ```tsx
 * <SoundUnlockButton />
 * ```
 */
export const SoundUnlockButton = forwardRef<HTMLButtonElement, SoundUnlockButtonProps>(function SoundUnlockButton({ children, ...props }, ref) {
  const { labels } = useAvatarContext();
  const { blocked, resumeSound } = useAvatarSession((view) => ({ blocked: view.sound === 'blocked', resumeSound: view.resumeSound }));
  if (!blocked) return null;
  return (
    <Button {...props} own={{ onClick: () => void resumeSound() }} slot="sound-unlock-button" look="primary" ref={ref}>
      {children ?? (
        <>
          <SoundIcon />
          {labels.unlockSound}
        </>
      )}
    </Button>
  );
});
