import { forwardRef, type ComponentPropsWithoutRef } from 'react';
import type { AvatarError } from '../../errors/AvatarError.js';
import { useAvatarContext } from '../AvatarContext.js';
import { failureGroup } from '../failureGroup.js';
import { AlertIcon } from '../parts/icons.js';
import { StartButton } from './StartButton.js';

export interface FailureMessageProps extends ComponentPropsWithoutRef<'div'> {
  readonly error: AvatarError;
}

/**
 * Says what went wrong and what to do, and offers to try again. Trying again is offered for every reason: a person may
 * have mended in the meantime what the program cannot.
 *
 * @example
 * ```tsx
 * {error && <FailureMessage error={error} />}
 * ```
 */
export const FailureMessage = forwardRef<HTMLDivElement, FailureMessageProps>(function FailureMessage({ error, className, ...props }, ref) {
  const { labels } = useAvatarContext();
  const group = failureGroup(error.reason);
  return (
    <div
      {...props}
      ref={ref}
      className={className === undefined ? 'visavis-failure' : `visavis-failure ${className}`}
      data-visavis=""
      data-slot="failure-message"
      data-group={group}
      data-reason={error.reason}
    >
      <div className="visavis-failure-text" role="alert">
        <AlertIcon />
        {/* No <p> and no <code>: what a page does to its own wins over a cascade layer. */}
        <div className="visavis-failure-title">{labels.failure[group]}</div>
        <div className="visavis-failure-message">{error.message}</div>
      </div>
      <StartButton>{labels.retry}</StartButton>
      <div className="visavis-failure-reason">{error.reason}</div>
    </div>
  );
});
