import { forwardRef, type ComponentPropsWithoutRef } from 'react';
import { useAvatarContext } from '../AvatarContext.js';
import { describeStatus } from '../describeStatus.js';
import { useAvatarSession } from '../hooks/useAvatarSession.js';
import { Slot } from '../slot/Slot.js';
import { mergeProps } from '../slot/mergeProps.js';

export interface ConnectionStatusProps extends ComponentPropsWithoutRef<'div'> {
  /** Renders the only child instead of a `<div>`. The child then says the status itself. */
  readonly asChild?: boolean;
}

/**
 * Says in a few words where the session is, and announces changes politely. `data-state` is the session's status,
 * `data-tone` one of `neutral`, `busy`, `good`, `warning`, `bad`.
 *
 * @example
 * ```tsx
 * <ConnectionStatus />
 * ```
 */
export const ConnectionStatus = forwardRef<HTMLDivElement, ConnectionStatusProps>(function ConnectionStatus({ asChild = false, children, ...props }, ref) {
  const { session, labels } = useAvatarContext();
  const status = useAvatarSession((view) => view.status);
  const { text, tone } = useAvatarSession((view) => describeStatus(view, labels, session.usesMicrophone));
  const merged = mergeProps(
    { role: 'status', className: 'visavis-status', 'data-visavis': '', 'data-slot': 'connection-status', 'data-state': status, 'data-tone': tone },
    { ...props },
  );
  if (asChild) return <Slot {...merged} ref={ref}>{children}</Slot>;
  return (
    <div {...merged} ref={ref}>
      <span className="visavis-status-dot" aria-hidden="true" />
      <span className="visavis-status-text">{children ?? text}</span>
    </div>
  );
});
