import { forwardRef } from 'react';
import { useEndButton } from '../hooks/useEndButton.js';
import { Button, type ButtonProps } from '../parts/Button.js';
import { EndIcon } from '../parts/icons.js';
import { useMergedRefs } from '../slot/useMergedRefs.js';

export interface EndButtonProps extends ButtonProps {
  /** Keeps the button in place, disabled, while there is nothing to end. Default: it vanishes then. */
  readonly forceMount?: boolean;
}

/**
 * Ends the session; while it still connects, gives up. Hands the keyboard focus to `StartButton`.
 *
 * @example
 * ```tsx
 * <EndButton asChild><a href="/">Leave</a></EndButton>
 * ```
 */
export const EndButton = forwardRef<HTMLButtonElement, EndButtonProps>(function EndButton({ forceMount = false, labels, children, ...props }, given) {
  const { shown, label, buttonProps, ref } = useEndButton(labels);
  const mergedRef = useMergedRefs(ref, given);
  if (!shown && !forceMount) return null;
  return (
    <Button {...props} own={buttonProps} slot="end-button" look="danger" ref={mergedRef}>
      {children ?? (
        <>
          <EndIcon />
          <span className="visavis-button-text">{label}</span>
        </>
      )}
    </Button>
  );
});
