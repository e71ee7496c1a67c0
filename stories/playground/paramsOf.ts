import type { AvatarParams } from '../../src/client.js';
import type { PlaygroundSettings } from './PlaygroundSettings.js';
import { readNumber } from './turnOptions.js';

/** What an avatar can be told while it runs; what is a default is left out. */
export function paramsOf(settings: PlaygroundSettings): AvatarParams {
  const { wiring, voiceId, language, backgroundUrl } = settings;
  return {
    ...(voiceId && { voiceId }),
    ...(language && { language }),
    ...(backgroundUrl && { backgroundUrl }),
    ...(wiring === 'hosted' && hostedParams(settings)),
  };
}

/** What only an avatar that thinks for itself takes. */
function hostedParams({ hostedMode, voiceUrl, speechLanguage, speed, turnEnd, ...texts }: PlaygroundSettings): AvatarParams {
  const pronunciations = readPronunciations(texts.pronunciations);
  const silenceDurationMs = readNumber(texts.turnEndSilenceMs);
  return {
    mode: hostedMode,
    ...(voiceUrl && { voiceUrl }),
    ...(speechLanguage && { speechLanguage }),
    ...(speed !== 1 && { speed }),
    ...(Object.keys(pronunciations).length > 0 && { pronunciations }),
    ...(turnEnd !== 'service' && { turnDetection: { type: turnEnd, ...(silenceDurationMs !== undefined && { silenceDurationMs }) } }),
  };
}

function readPronunciations(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  return Object.fromEntries(pairs.flatMap(([word, sound]) => (word && sound ? [[word, sound]] : [])));
}
