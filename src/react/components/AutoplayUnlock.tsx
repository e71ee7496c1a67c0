import { forwardRef } from 'react';
import { useAutoplay } from '../hooks/useAutoplay.js';
import { Button, type ButtonProps } from '../parts/Button.js';
import { SoundIcon } from '../parts/icons.js';

export type AutoplayUnlockProps = ButtonProps;

/**
 * Appears when the browser has blocked the avatar's sound (autoplay policy) and plays it when pressed. Hands the keyboard
 * focus to `EndButton`.
 *
 * @example
 * ```tsx
 * <AutoplayUnlock />
 * ```
 */
export const AutoplayUnlock = forwardRef<HTMLButtonElement, AutoplayUnlockProps>(function AutoplayUnlock({ labels, children, ...props }, ref) {
  const { blocked, label, buttonProps } = useAutoplay(labels);
  if (!blocked) return null;
  return (
    <Button {...props} own={buttonProps} slot="autoplay-unlock" look="primary" ref={ref}>
      {children ?? (
        <>
          <SoundIcon />
          {label}
        </>
      )}
    </Button>
  );
});
