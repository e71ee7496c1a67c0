import type { ReactElement } from 'react';
import type { ThemeToken } from './themeTokens.js';

export interface TokenEditorProps {
  readonly token: ThemeToken;
  /** Undefined: as the stylesheet has it. */
  readonly value: string | undefined;
  /** Called with an empty string to go back to the default. */
  readonly onChange: (value: string) => void;
}

/** One custom property: what it looks like in light and dark, and a field to change it. */
export function TokenEditor({ token, value, onChange }: TokenEditorProps): ReactElement {
  const { name, light, dark, kind } = token;
  return (
    <li className="token">
      {kind === 'color' && (
        <span className="token-swatches" aria-hidden="true">
          <span style={{ background: value ?? light, colorScheme: 'light' }} />
          <span style={{ background: value ?? dark ?? light, colorScheme: 'dark' }} />
        </span>
      )}
      <label htmlFor={name}>{name.replace('--visavis-', '')}</label>
      <input
        id={name}
        value={value ?? ''}
        placeholder={dark === null ? light : `${light} · dark ${dark}`}
        onChange={(event) => onChange(event.target.value)}
        autoComplete="off"
        spellCheck={false}
      />
    </li>
  );
}
