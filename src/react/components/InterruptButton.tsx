import { forwardRef } from 'react';
import { useAvatarContext } from '../AvatarContext.js';
import { useAvatarSession } from '../hooks/useAvatarSession.js';
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
export const InterruptButton = forwardRef<HTMLButtonElement, InterruptButtonProps>(function InterruptButton({ children, ...props }, ref) {
  const { labels } = useAvatarContext();
  const { live, interrupt } = useAvatarSession((view) => ({ live: view.status === 'live', interrupt: view.interrupt }));
  const own = {
    'aria-disabled': live ? undefined : true,
    'aria-label': children === undefined ? labels.interrupt : undefined,
    title: children === undefined ? labels.interrupt : undefined,
    'data-state': live ? 'ready' : 'unavailable',
    onClick: () => {
      if (live) void interrupt();
    },
  };
  return (
    <Button {...props} own={own} slot="interrupt-button" look="plain" ref={ref}>
      {children ?? <InterruptIcon />}
    </Button>
  );
});
