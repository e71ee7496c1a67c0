import { akoolLive, akoolStreaming, dve, pipeline, type AvatarSessionOptions } from '../../src/client.js';
import { createFormantVoice, VOICE_RATE_HZ } from './createFormantVoice.js';
import { paramsOf } from './paramsOf.js';
import { takesTurns, type PlaygroundSettings } from './PlaygroundSettings.js';
import { turnOptions } from './turnOptions.js';

/** The options of a session that these settings amount to. */
export function sessionOptions(settings: PlaygroundSettings, grant: string): AvatarSessionOptions {
  const { input, echoCancellation, noiseSuppression, autoGainControl, keepScreenOn, maxRetryAttempts } = settings;
  return {
    grant,
    ...services(settings),
    input: settings.wiring === 'driven' ? 'none' : input,
    ...(takesTurns(settings) && { turnTaking: turnOptions(settings) }),
    microphone: { echoCancellation, noiseSuppression, autoGainControl },
    params: paramsOf(settings),
    keepScreenOn,
    maxRetryAttempts,
  };
}

function services({ wiring, avatarId, assistantId }: PlaygroundSettings): Pick<AvatarSessionOptions, 'avatar' | 'voice'> {
  const which = avatarId ? { avatarId } : {};
  const assistant = assistantId ? { assistantId } : {};
  switch (wiring) {
    case 'puppet':
      return { avatar: akoolStreaming(which) };
    case 'driven':
      return { avatar: akoolStreaming(which), voice: pipeline({ respond: ({ text }) => text, synthesize: createFormantVoice(), sampleRateHz: VOICE_RATE_HZ }) };
    case 'composed':
      return { avatar: akoolStreaming(which), voice: dve(assistant) };
    case 'voice':
      return { voice: dve(assistant) };
    case 'hosted':
      // Only what it begins with: params.mode says the rest, also to a session that runs.
      return { avatar: akoolLive({ mode: 'dialogue', ...which }) };
  }
}
