import { useEffect } from 'react';
import type { SessionEventMap } from '../../session/AvatarSession.js';
import { useAvatarContext } from '../AvatarContext.js';
import { useLatest } from '../useLatest.js';

/**
 * Calls `listener` for every event of one kind. The listener may be written inline: the latest one is called.
 *
 * @example
 * ```tsx
 * useAvatarEvent('recover', ({ lostAudioMs }) => toast(`${lostAudioMs} ms were lost`));
 * ```
 */
export function useAvatarEvent<K extends keyof SessionEventMap>(type: K, listener: (event: SessionEventMap[K]) => void): void {
  const { session } = useAvatarContext();
  const latest = useLatest(listener);
  useEffect(() => session.on(type, (event) => latest.current(event)), [session, type, latest]);
}
