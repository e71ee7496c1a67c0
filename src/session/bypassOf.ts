import type { AudioBypass } from '../audio/AudioBypass.js';
import type { AudioStream } from '../audio/AudioStream.js';
import type { SessionWiring } from './sessionWiring.js';

export interface BypassOptions {
  readonly wiring: SessionWiring;
  readonly microphone: AudioStream;
  readonly subscribeCuts: AudioBypass['subscribeCuts'];
}

/** The ways past the page that each service of a session may use; null where the page has to carry all sound anyway. */
export function bypassOf({ wiring, microphone, subscribeCuts }: BypassOptions): { readonly avatar: AudioBypass | null; readonly voice: Omit<AudioBypass, 'subscribePlayback'> | null } {
  const subscribeMicrophone = wiring.unused.includes('microphone') ? null : ((microphone.voice ?? microphone).subscribePorts ?? null);
  if (!subscribeMicrophone) return { avatar: null, voice: null };
  return {
    // An avatar beside a voice hears what that says, and falls silent with it.
    avatar: { subscribeMicrophone: wiring.voice ? null : subscribeMicrophone, subscribeCuts, subscribePlayback: null },
    voice: { subscribeMicrophone, subscribeCuts },
  };
}
