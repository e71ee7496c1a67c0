import rnnoiseModule from '../../node_modules/@jitsi/rnnoise-wasm/dist/rnnoise.js?url';
import rnnoiseWasm from '../../node_modules/@jitsi/rnnoise-wasm/dist/rnnoise.wasm?url';
import type { TurnTakingOptions } from '../../src/client.js';
import type { PlaygroundSettings } from './PlaygroundSettings.js';

/** In vad-react's terms, which are left out together: one of them alone puts the others on vad-react's defaults. */
export const vadReactTerms = ['positiveSpeechThreshold', 'negativeSpeechThreshold', 'redemptionMs', 'preSpeechPadMs', 'minSpeechMs'] as const;

/** How a session takes turns with these settings. */
export function turnOptions(settings: PlaygroundSettings): TurnTakingOptions | false {
  const { turnMode, profile, voiceSource, backchannelMs, duckDb, sensitivity, preRollMs, maxUtteranceMs } = settings;
  if (turnMode === 'services') return false;
  return {
    mode: turnMode,
    profile,
    backchannelMs,
    duckDb,
    sensitivity,
    preRollMs,
    maxUtteranceMs,
    ...Object.fromEntries(vadReactTerms.flatMap((term) => (readNumber(settings[term]) === undefined ? [] : [[term, readNumber(settings[term])]]))),
    ...(voiceSource === 'rnnoise' && { source: { name: 'rnnoise', moduleUrl: rnnoiseModule, wasmUrl: rnnoiseWasm } }),
  };
}

/** @returns undefined for a text that is empty or no number */
export function readNumber(text: string): number | undefined {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? undefined : value;
}
