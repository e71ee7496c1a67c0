import type { ReactElement, ReactNode } from 'react';
import { AlertIcon } from './icons.js';

/** What every failure looks like: what happened, what to do, something to do it with, and a word for those who mend it. */
export function FailureCard({ title, message, reason, children }: { readonly title: string; readonly message: string; readonly reason: string; readonly children: ReactNode }): ReactElement {
  return (
    <>
      <div className="visavis-failure-text" role="alert">
        <AlertIcon />
        {/* No <p> and no <code>: what a page does to its own wins over a cascade layer. */}
        <div className="visavis-failure-title">{title}</div>
        <div className="visavis-failure-message">{message}</div>
      </div>
      {children}
      <div className="visavis-failure-reason">{reason}</div>
    </>
  );
}
