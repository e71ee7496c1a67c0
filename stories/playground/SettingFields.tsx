import { useId, type ReactElement } from 'react';

interface FieldProps<Value> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
}

/** One of a few. */
export function ChoiceField<Value extends string>({ label, value, onChange, disabled, choices }: FieldProps<Value> & { readonly choices: Readonly<Record<Value, string>> }): ReactElement {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {/* The options below are the keys of the record. */}
      <select id={id} value={value} disabled={disabled} onChange={(event) => onChange(event.target.value as Value)}>
        {Object.entries<string>(choices).map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Words. */
export function TextField({ label, value, onChange, disabled, hint, inputMode }: FieldProps<string> & { readonly hint: string; readonly inputMode?: 'numeric' | 'decimal' }): ReactElement {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} value={value} placeholder={hint} inputMode={inputMode} disabled={disabled} onChange={(event) => onChange(event.target.value)} autoComplete="off" spellCheck={false} />
    </div>
  );
}

/** A number in a range, in so many steps. */
export function RangeField({ label, value, onChange, disabled, min = 0, max, step, unit = '' }: FieldProps<number> & { readonly min?: number; readonly max: number; readonly step: number; readonly unit?: string }): ReactElement {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="field-range">
        <input id={id} type="range" min={min} max={max} step={step} value={value} disabled={disabled} onChange={(event) => onChange(Number(event.target.value))} />
        <output htmlFor={id}>
          {value}
          {unit}
        </output>
      </span>
    </div>
  );
}

/** Yes or no. */
export function SwitchField({ label, value, onChange, disabled }: FieldProps<boolean>): ReactElement {
  return (
    <label className="field field-switch">
      <input type="checkbox" role="switch" checked={value} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
