import { forwardRef } from 'react';
import { useInterruptButton } from '../hooks/useInterruptButton.js';
import { Button, type ButtonProps } from '../parts/Button.js';
import { InterruptIcon } from '../parts/icons.js';

export type InterruptButtonProps = ButtonProps;

/**
 * Silences the avatar at once. Can be used while the session is live.
 *
 * @example
 * ```tsx
 * <InterruptButton>Stop</InterruptButton>
 * ```
 */
export const InterruptButton = forwardRef<HTMLButtonElement, InterruptButtonProps>(function InterruptButton({ labels, children, ...props }, ref) {
  const { label, buttonProps } = useInterruptButton(labels);
  const name = children === undefined ? { 'aria-label': label, title: label } : {};
  return (
    <Button {...props} own={{ ...buttonProps, ...name }} slot="interrupt-button" look="plain" ref={ref}>
      {children ?? <InterruptIcon />}
    </Button>
  );
});
