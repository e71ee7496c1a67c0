import { forwardRef } from 'react';
import { useStartButton } from '../hooks/useStartButton.js';
import { Button, type ButtonProps } from '../parts/Button.js';
import { useMergedRefs } from '../slot/useMergedRefs.js';

export interface StartButtonProps extends ButtonProps {
  /** Keeps the button in place, disabled, while there is nothing to start. Default: it vanishes then. */
  readonly forceMount?: boolean;
}

/**
 * Starts the session. Says what it does in each state unless it has children; vanishes once the session is live and hands
 * the keyboard focus to `EndButton`.
 *
 * @example
 * ```tsx
 * <StartButton className="my-button">Talk to Ada</StartButton>
 * ```
 */
export const StartButton = forwardRef<HTMLButtonElement, StartButtonProps>(function StartButton({ forceMount = false, labels, children, ...props }, given) {
  const { shown, label, buttonProps, ref } = useStartButton(labels);
  const mergedRef = useMergedRefs(ref, given);
  if (!shown && !forceMount) return null;
  return (
    <Button {...props} own={buttonProps} slot="start-button" look="primary" ref={mergedRef}>
      {children ?? label}
    </Button>
  );
});
