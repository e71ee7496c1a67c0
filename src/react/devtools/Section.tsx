import { useId, type ReactElement, type ReactNode } from 'react';

/** A named part of the panel. No <section> and no <h2>: what a page does to its own wins over a cascade layer. */
export function Section({ title, isWide = false, children }: { readonly title: string; readonly isWide?: boolean; readonly children: ReactNode }): ReactElement {
  const id = useId();
  return (
    <div className="visavis-devtools-section" role="group" aria-labelledby={id} data-wide={isWide ? '' : undefined}>
      <div id={id} className="visavis-devtools-title">
        {title}
      </div>
      {children}
    </div>
  );
}
