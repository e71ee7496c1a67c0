import { useEffect, useRef, type RefObject } from 'react';
import type { SessionState } from '../../session/state.js';
import { useAvatarContext } from '../AvatarContext.js';
import { describeStatus } from '../describeStatus.js';
import { createLevelSmoother } from '../orb/createLevelSmoother.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { useAvatarSession } from './useAvatarSession.js';
import { useSpeaking } from './useSpeaking.js';

/**
 * What an orb shows. `listening` follows the microphone, `speaking` the assistant; `idle` is also a live session that listens
 * to nobody.
 */
export type VoiceOrbState = 'idle' | 'connecting' | 'listening' | 'muted' | 'speaking' | 'reconnecting' | 'failed';

export interface UseVoiceOrbResult {
  readonly state: VoiceOrbState;
  /** The state in words. */
  readonly label: string;
  /** Attach it to the element that is drawn: it gets the custom property `--visavis-level`, 0 to 1. */
  readonly ref: RefObject<HTMLDivElement | null>;
}

/**
 * A picture of a conversation without a face: its state, and the level of whoever has the word as a custom property of an
 * element, smoothed for the eye. Nothing renders while the level changes. Where the user wants less motion, the level moves
 * in a few slow steps.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { state, label, ref } = useVoiceOrb();
 * return <div ref={ref} role="img" aria-label={label} className={`my-orb my-orb-${state}`} />;
 * ```
 */
export function useVoiceOrb(): UseVoiceOrbResult {
  const { session } = useAvatarContext();
  const labels = useWords(englishSession);
  const speaking = useSpeaking();
  const state = useAvatarSession((view) => orbState(view, speaking, session.usesMicrophone));
  const { text } = useAvatarSession((view) => describeStatus(view, labels, session.usesMicrophone));
  const ref = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const orb = ref.current;
    if (orb === null || (state !== 'speaking' && state !== 'listening')) return;
    const smoother = createLevelSmoother();
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)');
    const show = (level: number): void => orb.style.setProperty('--visavis-level', smoother.next(level, calm.matches).toFixed(3));
    const unsubscribe = state === 'speaking' ? session.subscribeSpeechLevel(show) : session.microphone.subscribeLevel(show);
    return () => {
      unsubscribe();
      orb.style.removeProperty('--visavis-level');
    };
  }, [session, state]);

  return { state, label: state === 'speaking' ? labels.speaking : text, ref };
}

function orbState({ status, microphone }: SessionState, speaking: boolean, usesMicrophone: boolean): VoiceOrbState {
  switch (status) {
    case 'authorizing':
    case 'connecting':
      return 'connecting';
    case 'reconnecting':
    case 'failed':
      return status;
    case 'live':
      if (speaking) return 'speaking';
      if (!usesMicrophone || microphone.status !== 'on') return 'idle';
      return microphone.muted ? 'muted' : 'listening';
    case 'idle':
    case 'ending':
    case 'ended':
      return 'idle';
  }
}
