import { forwardRef, type ComponentPropsWithoutRef } from 'react';
import { useConnectionStatus } from '../hooks/useConnectionStatus.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { Slot } from '../slot/Slot.js';
import { mergeProps } from '../slot/mergeProps.js';

export interface ConnectionStatusProps extends ComponentPropsWithoutRef<'div'> {
  /** Renders the only child instead of a `<div>`. The child then says the status itself. */
  readonly asChild?: boolean;
  /** Words that replace those of the provider. */
  readonly labels?: AvatarLabelOverrides;
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
export const ConnectionStatus = forwardRef<HTMLDivElement, ConnectionStatusProps>(function ConnectionStatus({ asChild = false, labels, children, ...props }, ref) {
  const { status, text, tone } = useConnectionStatus(labels);
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
