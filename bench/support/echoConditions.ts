import type { EchoCondition } from './echoScene.js';

/** What is asked of us; a figure that is missing is not asked for. */
export interface EchoTarget {
  readonly cutsPer10Min?: number;
  readonly ducksPer10Min?: number;
  readonly cutsPerChange?: number;
  readonly detectedPercent?: number;
  readonly longDetectedPercent?: number;
  readonly p50Ms?: number;
  readonly p95Ms?: number;
}

export const echoConditions: readonly (EchoCondition & { readonly target: EchoTarget })[] = [
  { name: '-12 dB', couplingDb: -12, changeEverySeconds: 0, canceller: false, target: { cutsPer10Min: 0, detectedPercent: 99, p50Ms: 140, p95Ms: 450 } },
  { name: '-6 dB', couplingDb: -6, changeEverySeconds: 0, canceller: false, target: { cutsPer10Min: 0, ducksPer10Min: 0.3, detectedPercent: 97, longDetectedPercent: 99, p50Ms: 150, p95Ms: 550 } },
  { name: '0 dB', couplingDb: 0, changeEverySeconds: 0, canceller: false, target: { cutsPer10Min: 0.2, ducksPer10Min: 1, detectedPercent: 96 } },
  { name: '-6 dB, path changes', couplingDb: -6, changeEverySeconds: 20, canceller: false, target: { cutsPerChange: 0.05 } },
  { name: 'canceller', couplingDb: 0, changeEverySeconds: 0, canceller: true, target: {} },
  { name: 'canceller, diverging', couplingDb: 0, changeEverySeconds: 20, canceller: true, target: { cutsPerChange: 0.1 } },
];
