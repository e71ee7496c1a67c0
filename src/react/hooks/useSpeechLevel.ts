import { useEffect } from 'react';
import { useAvatarContext } from '../AvatarContext.js';
import { useLatest } from '../useLatest.js';

/**
 * Hears how loud the assistant speaks, with a face or without: 0 to 1 (RMS), up to 50 times a second, and 0 once when it
 * ends. Renders nothing: draw with it directly. The sound is measured only while somebody listens.
 *
 * @param onLevel may be written inline: the latest one is called. Left out, nothing is measured.
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const bar = useRef<HTMLDivElement>(null);
 * useSpeechLevel((level) => bar.current?.style.setProperty('--level', `${level}`));
 * ```
 */
export function useSpeechLevel(onLevel?: (level: number) => void): void {
  const { session } = useAvatarContext();
  const latest = useLatest(onLevel);
  const wanted = onLevel !== undefined;
  useEffect(() => {
    if (wanted) return session.subscribeSpeechLevel((level) => latest.current?.(level));
  }, [session, latest, wanted]);
}
