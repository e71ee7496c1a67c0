import { useState, type ReactElement } from 'react';
import { CopyableCode } from '../support/CopyableCode.js';
import { exampleThemes, type ThemeValues } from './exampleThemes.js';
import { ThemePreview, type ThemePreviewProps } from './ThemePreview.js';
import { themeTokens, type ThemeToken } from './themeTokens.js';
import { TokenEditor } from './TokenEditor.js';
import { writeTheme } from './writeTheme.js';
import './theming.css';

const tokens = themeTokens();
const SIZES = { Compact: '11rem', Regular: '16rem', Roomy: '22rem' } as const;
type Density = keyof typeof SIZES;

type View = Pick<ThemePreviewProps, 'title' | 'scheme' | 'direction'>;
const VIEWS: readonly View[] = [
  { title: 'Light', scheme: 'light' },
  { title: 'Dark', scheme: 'dark' },
  { title: 'Right to left', scheme: 'light', direction: 'rtl' },
];

export interface ThemeWorkshopProps {
  /** Name of the example to begin with. Default: none, the look that is built in. */
  readonly theme?: string;
}

/** Every custom property with its default, to be changed live. */
export function ThemeWorkshop({ theme = '' }: ThemeWorkshopProps): ReactElement {
  const [values, setValues] = useState<ThemeValues>(() => exampleThemes.find(({ name }) => name === theme)?.values ?? {});
  const [density, setDensity] = useState<Density>('Regular');
  const change = (name: ThemeToken['name'], value: string): void => {
    const rest: ThemeValues = Object.fromEntries(Object.entries(values).filter(([other]) => other !== name));
    setValues(value === '' ? rest : { ...rest, [name]: value });
  };
  return (
    <main className="theming">
      <header>
        <h1>Theming</h1>
        <p>Set custom properties on any ancestor. Everything is in one cascade layer, so your own rules win as well. What the system asks for (forced colours, reduced motion, less transparency) stands above all of it.</p>
      </header>
      <fieldset className="chips">
        <legend>Begin with</legend>
        <Chip name="theme" label="Built in" checked={Object.keys(values).length === 0} onChoose={() => setValues({})} />
        {exampleThemes.map(({ name, values: example }) => (
          <Chip key={name} name="theme" label={name} checked={writeTheme(values) === writeTheme(example)} onChoose={() => setValues(example)} />
        ))}
      </fieldset>
      <fieldset className="chips">
        <legend>Density</legend>
        {(Object.keys(SIZES) as Density[]).map((name) => ( // the keys of the literal above
          <Chip key={name} name="density" label={name} checked={density === name} onChoose={() => setDensity(name)} />
        ))}
      </fieldset>
      <div className="theming-parts">
        <div className="theming-previews">
          {VIEWS.map((view) => (
            <ThemePreview key={view.title} {...view} size={SIZES[density]} values={values} />
          ))}
        </div>
        <div className="theming-side">
          <CopyableCode title="Your theme" code={writeTheme(values)} />
          <section className="card" aria-labelledby="tokens">
            <h2 id="tokens">Custom properties</h2>
            <p>Each begins with --visavis-. An empty field is the default.</p>
            <ul className="tokens">
              {tokens.map((token) => (
                <TokenEditor key={token.name} token={token} value={values[token.name]} onChange={(value) => change(token.name, value)} />
              ))}
            </ul>
          </section>
        </div>
      </div>
    </main>
  );
}

interface ChipProps {
  readonly name: string;
  readonly label: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
}

function Chip({ name, label, checked, onChoose }: ChipProps): ReactElement {
  return (
    <label className="chip">
      <input type="radio" name={name} checked={checked} onChange={onChoose} />
      {label}
    </label>
  );
}
