import type { ThemeToken } from './themeTokens.js';

/** Custom properties and their values; what is left out stays as it is. */
export type ThemeValues = Readonly<Partial<Record<ThemeToken['name'], string>>>;

export interface ExampleTheme {
  readonly name: string;
  readonly values: ThemeValues;
}

/** Five looks to begin with. `light-dark()` gives both schemes in one value. */
export const exampleThemes: readonly ExampleTheme[] = [
  {
    name: 'Forest',
    values: {
      '--visavis-accent': 'light-dark(#0b6b48, #7ddcb1)',
      '--visavis-accent-strong': 'light-dark(#075138, #a5ecce)',
      '--visavis-on-accent': 'light-dark(#ffffff, #04241a)',
      '--visavis-stage-high': 'light-dark(#f2f4ea, #26352c)',
      '--visavis-stage-low': 'light-dark(#cfdccb, #101712)',
      '--visavis-figure': 'light-dark(#a9c2ae, #3e5a4a)',
      '--visavis-figure-deep': 'light-dark(#8dac96, #33493d)',
      '--visavis-orb': 'light-dark(#2f9a6d, #45b58a)',
      '--visavis-orb-deep': 'light-dark(#0f5a3d, #0d4a35)',
      '--visavis-orb-soft': 'light-dark(#c6ecb0, #b2e6a4)',
      '--visavis-orb-warm': 'light-dark(#f2c14e, #e8b94f)',
    },
  },
  {
    name: 'Clinic',
    values: {
      '--visavis-accent': 'light-dark(#00677d, #6fd6ee)',
      '--visavis-accent-strong': 'light-dark(#004f60, #a3e7f7)',
      '--visavis-on-accent': 'light-dark(#ffffff, #00222b)',
      '--visavis-stage-high': 'light-dark(#ffffff, #22323a)',
      '--visavis-stage-low': 'light-dark(#dcecf0, #0e171b)',
      '--visavis-figure': 'light-dark(#a8cbd5, #38545f)',
      '--visavis-figure-deep': 'light-dark(#8db6c2, #2d4650)',
      '--visavis-orb': 'light-dark(#2b9ab3, #3fb3cd)',
      '--visavis-orb-deep': 'light-dark(#00556a, #004152)',
      '--visavis-orb-soft': 'light-dark(#d3f1f7, #b8ecf7)',
      '--visavis-orb-warm': 'light-dark(#8fd9c4, #7fd0ba)',
      '--visavis-radius': '0.75rem',
      '--visavis-shadow': '0 0 0 1px light-dark(#cfdfe4, #2d3f47)',
    },
  },
  {
    name: 'Studio',
    values: {
      '--visavis-accent': 'light-dark(#1b1b1f, #f4f2ee)',
      '--visavis-accent-strong': 'light-dark(#3a3a42, #ffffff)',
      '--visavis-on-accent': 'light-dark(#ffffff, #1b1b1f)',
      '--visavis-stage-high': 'light-dark(#f4f2ee, #2a2a2e)',
      '--visavis-stage-low': 'light-dark(#e2ded6, #121214)',
      '--visavis-figure': 'light-dark(#c5c0b6, #47464b)',
      '--visavis-figure-deep': 'light-dark(#b1aba0, #3a393e)',
      '--visavis-orb': 'light-dark(#55535c, #8b8994)',
      '--visavis-orb-deep': 'light-dark(#1b1b1f, #2a2a30)',
      '--visavis-orb-soft': 'light-dark(#e6e1d7, #d8d4cc)',
      '--visavis-orb-warm': 'light-dark(#d97757, #d97757)',
      '--visavis-radius': '0.25rem',
      '--visavis-font': 'Georgia, "Liberation Serif", serif',
      '--visavis-aspect-ratio': '4 / 5',
    },
  },
  {
    name: 'Playful',
    values: {
      '--visavis-accent': 'light-dark(#a3216f, #ff9fd6)',
      '--visavis-accent-strong': 'light-dark(#7d1653, #ffc4e6)',
      '--visavis-on-accent': 'light-dark(#ffffff, #3b0526)',
      '--visavis-stage-high': 'light-dark(#fff3d9, #3d2545)',
      '--visavis-stage-low': 'light-dark(#ffd0dc, #1b1024)',
      '--visavis-figure': 'light-dark(#f2a7bd, #6d4379)',
      '--visavis-figure-deep': 'light-dark(#e48ba7, #593565)',
      '--visavis-orb': 'light-dark(#e0479f, #e35ba9)',
      '--visavis-orb-deep': 'light-dark(#7b2a8c, #5d2170)',
      '--visavis-orb-soft': '#ffd166',
      '--visavis-orb-warm': '#ff8c61',
      '--visavis-radius': '3rem',
    },
  },
  {
    name: 'High contrast',
    values: {
      '--visavis-accent': 'light-dark(#0000c8, #ffff00)',
      '--visavis-accent-strong': 'light-dark(#000080, #ffffff)',
      '--visavis-on-accent': 'light-dark(#ffffff, #000000)',
      '--visavis-surface': 'light-dark(#ffffff, #000000)',
      '--visavis-text': 'light-dark(#000000, #ffffff)',
      '--visavis-text-quiet': 'light-dark(#000000, #ffffff)',
      '--visavis-line': 'light-dark(#000000, #ffffff)',
      '--visavis-glass': 'light-dark(#ffffff, #000000)',
      '--visavis-stage-high': 'light-dark(#ffffff, #000000)',
      '--visavis-stage-low': 'light-dark(#ffffff, #000000)',
      '--visavis-halo': 'transparent',
      '--visavis-figure': 'light-dark(#555555, #bbbbbb)',
      '--visavis-figure-deep': 'light-dark(#333333, #dddddd)',
      '--visavis-good': 'light-dark(#00520c, #7dff9b)',
      '--visavis-warning': 'light-dark(#6b3500, #ffcf70)',
      '--visavis-bad': 'light-dark(#8a0000, #ff9c9c)',
      '--visavis-shadow': '0 0 0 2px light-dark(#000000, #ffffff)',
      '--visavis-radius': '0.5rem',
    },
  },
];
