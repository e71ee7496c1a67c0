import type { LoopbackUser } from './LoopbackClient.js';

export interface VolumeIndicatorOptions {
  /** Milliseconds. */
  readonly intervalMs: number;
  readonly users: () => readonly LoopbackUser[];
  readonly uid: () => number | undefined;
  /** Of what this page sends, 0 to 1; null when it sends no sound. */
  readonly ownLevel: () => Promise<number | null>;
  /** Loudest last, as Agora's SDK sorts it. */
  readonly onLevels: (levels: { uid: number; level: number }[]) => void;
}

/** Tells how loud everybody is, 0 to 100, until it is stopped. */
export function createVolumeIndicator({ intervalMs, users, uid, ownLevel, onLevels }: VolumeIndicatorOptions): () => void {
  let stopped = false;

  async function tell(): Promise<void> {
    const own = await ownLevel();
    const self = uid();
    if (stopped) return;
    const levels = users().map((user) => ({ uid: user.uid, level: 100 * (user.audioTrack?.getVolumeLevel() ?? 0) }));
    if (own !== null && self !== undefined) levels.push({ uid: self, level: 100 * own });
    onLevels(levels.sort((left, right) => left.level - right.level));
  }

  const timer = setInterval(() => void tell(), intervalMs);
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}
