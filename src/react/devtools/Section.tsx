import { useId, type ReactElement, type ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  readonly isWide?: boolean;
  /** True where it can scroll and holds nothing that takes the focus: else no keyboard could scroll it. */
  readonly scrolls?: boolean;
  readonly children: ReactNode;
}

/** A named part of the panel. No <section> and no <h2>: what a page does to its own wins over a cascade layer. */
export function Section({ title, isWide = false, scrolls = false, children }: SectionProps): ReactElement {
  const id = useId();
  return (
    <div className="visavis-devtools-section" role="group" aria-labelledby={id} tabIndex={scrolls ? 0 : undefined} data-wide={isWide ? '' : undefined}>
      <div id={id} className="visavis-devtools-title">
        {title}
      </div>
      {children}
    </div>
  );
}
