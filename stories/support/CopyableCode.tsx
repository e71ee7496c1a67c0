import { useState, type ReactElement } from 'react';

/** Code to take along. */
export function CopyableCode({ title, code }: { readonly title: string; readonly code: string }): ReactElement {
  const [outcome, setOutcome] = useState('');
  const copy = (): void => {
    navigator.clipboard.writeText(code).then(
      () => setOutcome('Copied.'),
      () => setOutcome('The browser did not allow it. Select the text instead.'),
    );
  };
  return (
    <section className="card code" aria-label={title}>
      <div className="code-head">
        <h2>{title}</h2>
        <button type="button" onClick={copy}>
          Copy
        </button>
      </div>
      {/* A region that can scroll has to be reachable by keyboard. */}
      <pre tabIndex={0} role="region" aria-label={`${title}: text`}>
        {code}
      </pre>
      <p role="status">{outcome}</p>
    </section>
  );
}
