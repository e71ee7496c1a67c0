import { useEffect, useRef, type RefObject } from 'react';
import { createLevelSmoother } from '../orb/createLevelSmoother.js';
import { useAudioStream } from './useAudioStream.js';

/** What a meter of the microphone shows. `interrupted`: a call or another app has it; it comes back by itself. */
export type MicLevelState = 'off' | 'requesting' | 'on' | 'muted' | 'interrupted' | 'failed';

export interface UseMicLevelResult<Element extends HTMLElement> {
  readonly state: MicLevelState;
  /** Attach it to the element that is drawn: it gets the custom property `--visavis-level`, 0 to 1, and `aria-valuenow`, 0 to 100. */
  readonly ref: RefObject<Element | null>;
}

/**
 * How loud the microphone is, as a custom property of an element, smoothed for the eye. Nothing renders while the level changes.
 * Where the user wants less motion, it moves in a few slow steps.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { ref } = useMicLevel<HTMLDivElement>();
 * return <div ref={ref} className="my-meter" />; // .my-meter { scale: var(--visavis-level) 1 }
 * ```
 */
export function useMicLevel<Element extends HTMLElement = HTMLDivElement>(): UseMicLevelResult<Element> {
  const { status, muted, interrupted, subscribeLevel } = useAudioStream();
  const state: MicLevelState = status !== 'on' ? status : muted ? 'muted' : interrupted ? 'interrupted' : 'on';
  const ref = useRef<Element>(null);

  useEffect(() => {
    const meter = ref.current;
    if (meter === null || state !== 'on') return;
    const smoother = createLevelSmoother();
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)');
    let told = '';
    const tell = (level: number): void => {
      meter.style.setProperty('--visavis-level', level.toFixed(3));
      // Who asks a screen reader for it wants no more than this.
      const percent = String(Math.round(level * 10) * 10);
      if (percent !== told) meter.setAttribute('aria-valuenow', percent);
      told = percent;
    };
    const unsubscribe = subscribeLevel((level) => tell(smoother.next(level, calm.matches)));
    return () => {
      unsubscribe();
      meter.style.removeProperty('--visavis-level');
      meter.setAttribute('aria-valuenow', '0');
    };
  }, [state, subscribeLevel]);

  return { state, ref };
}
