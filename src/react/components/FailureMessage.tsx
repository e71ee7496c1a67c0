import { forwardRef, type ComponentPropsWithoutRef } from 'react';
import type { AvatarError } from '../../errors/AvatarError.js';
import { useFailureMessage } from '../hooks/useFailureMessage.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishFailures } from '../labels/FailureLabels.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { FailureCard } from '../parts/FailureCard.js';
import { StartButton } from './StartButton.js';
import { withClass } from '../parts/withClass.js';

export interface FailureMessageProps extends ComponentPropsWithoutRef<'div'> {
  readonly error: AvatarError;
  /** Words that replace those of the provider. */
  readonly labels?: AvatarLabelOverrides;
}

/**
 * Says what went wrong and what to do, and offers to try again; the error's own message, which is English and for developers, can be unfolded. Trying again is offered for every reason: a person may
 * have mended in the meantime what the program cannot. Children take the place of that button.
 *
 * @example
 * ```tsx
 * {error && <FailureMessage error={error} />}
 * ```
 */
export const FailureMessage = forwardRef<HTMLDivElement, FailureMessageProps>(function FailureMessage({ error, labels: overrides, className, children, ...props }, ref) {
  const { retry } = useWords(englishSession, overrides);
  const labels = useWords(englishFailures, overrides);
  const failure = useFailureMessage(error, overrides);
  if (failure === null) return null;
  return (
    <div
      {...props}
      ref={ref}
      className={withClass('visavis-failure', className)}
      data-visavis=""
      data-slot="failure-message"
      data-state="failed"
      data-group={failure.group}
      data-reason={error.reason}
    >
      <FailureCard title={failure.title} message={failure.message} details={failure.details} reason={error.reason} labels={labels}>
        {children ?? <StartButton>{retry}</StartButton>}
      </FailureCard>
    </div>
  );
});
