import type { ReactElement, ReactNode } from 'react';
import type { FailureLabels } from '../labels/FailureLabels.js';
import { AlertIcon } from './icons.js';

interface FailureCardProps {
  readonly title: string;
  /** What to do, in the user's language. */
  readonly message: string;
  /** What an error says to those who mend it, in English; an empty string: nothing. */
  readonly details: string;
  readonly reason: string;
  readonly labels: FailureLabels;
  readonly children: ReactNode;
}

/** What every failure looks like: what happened, what to do, something to do it with, and folded away what those who mend it want to know. */
export function FailureCard({ title, message, details, reason, labels, children }: FailureCardProps): ReactElement {
  return (
    <>
      <div className="visavis-failure-text" role="alert">
        <AlertIcon />
        {/* No <p> and no <code>: what a page does to its own wins over a cascade layer. */}
        <div className="visavis-failure-title">{title}</div>
        <div className="visavis-failure-message">{message}</div>
      </div>
      {children}
      {details !== '' && (
        <details className="visavis-failure-details">
          <summary>{labels.failureDetails}</summary>
          <div className="visavis-failure-reason" lang="en" dir="ltr">
            {reason}: {details}
          </div>
        </details>
      )}
    </>
  );
}
