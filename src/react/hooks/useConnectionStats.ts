import { useEffect, useState } from 'react';
import type { ChannelStats } from '../../channel/channel.js';
import { systemClock } from '../../clock/clock.js';
import { useAvatarContext } from '../AvatarContext.js';
import { connectionLevel, type ConnectionLevel } from '../connectionLevel.js';
import { useAvatarSession } from './useAvatarSession.js';

export interface UseConnectionStatsOptions {
  /** Whether the numbers are measured. Default true; the level costs nothing and is always there. */
  readonly enabled?: boolean;
  /** How often they are. Milliseconds, default 2,000. */
  readonly intervalMs?: number;
}

export interface UseConnectionStatsResult {
  readonly level: ConnectionLevel;
  /** The numbers; null while they are not measured, and without a room. */
  readonly stats: ChannelStats | null;
}

/**
 * How well the nearest session's connection carries. A hidden page measures nothing.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { level, stats } = useConnectionStats();
 * return <p>{level}, {stats?.roundTripMs} ms</p>;
 * ```
 */
export function useConnectionStats({ enabled = true, intervalMs = 2_000 }: UseConnectionStatsOptions = {}): UseConnectionStatsResult {
  const { session } = useAvatarContext();
  const level = useAvatarSession(connectionLevel);
  const joined = useAvatarSession((view) => view.room === 'joined');
  const [stats, setStats] = useState<ChannelStats | null>(null);
  const measuring = enabled && joined;

  useEffect(() => {
    if (!measuring) return;
    let over = false;
    let cancel = () => {};
    const measure = async (): Promise<void> => {
      // A room that is just being left has no numbers; the next look finds that out.
      const next = document.hidden ? null : await session.getChannelStats().catch(() => null);
      if (over) return;
      if (next !== null) setStats(next);
      cancel = systemClock.schedule(() => void measure(), intervalMs);
    };
    void measure();
    return () => {
      over = true;
      cancel();
      setStats(null);
    };
  }, [session, measuring, intervalMs]);

  return { level, stats };
}
