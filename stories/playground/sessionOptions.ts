import { akoolLive, akoolStreaming, dve, pipeline } from '../../src/client.js';
import type { AvatarSessionOptions } from '../../src/session/AvatarSessionOptions.js';
import { createFormantVoice, VOICE_RATE_HZ } from './createFormantVoice.js';
import { takesTurns, type PlaygroundSettings } from './PlaygroundSettings.js';

/** The options of a session that these settings amount to. */
export function sessionOptions(settings: PlaygroundSettings, grant: string): AvatarSessionOptions {
  const { input, turnMode, profile, backchannelMs, duckDb, sensitivity, echoCancellation, noiseSuppression, autoGainControl, keepScreenOn, maxRetryAttempts } = settings;
  const { voiceId, language, backgroundUrl } = settings;
  return {
    grant,
    ...services(settings),
    input: settings.wiring === 'driven' ? 'none' : input,
    ...(takesTurns(settings) && { turnTaking: { mode: turnMode, profile, backchannelMs, duckDb, sensitivity } }),
    microphone: { echoCancellation, noiseSuppression, autoGainControl },
    params: { ...(voiceId && { voiceId }), ...(language && { language }), ...(backgroundUrl && { backgroundUrl }) },
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
      return { avatar: akoolLive({ mode: 'dialogue', ...which }) };
  }
}
