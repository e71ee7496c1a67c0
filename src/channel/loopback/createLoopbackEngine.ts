import type { AgoraEngine } from '../agora/agoraEngine.js';
import { createLoopbackClient } from './createLoopbackClient.js';

/** The engine of an emulator's rooms, for `createAgoraChannel`. */
export function createLoopbackEngine(url: string): AgoraEngine {
  const listeners = new Set<() => void>();
  const blocked = new Set<() => Promise<void>>();
  let volumeIntervalMs = 2000;
  return {
    createClient: () =>
      createLoopbackClient(url, {
        volumeIntervalMs: () => volumeIntervalMs,
        onAutoplayBlocked(retry) {
          blocked.add(retry);
          for (const listener of listeners) listener();
        },
      }),
    createLocalTrack: (track) => ({ trackMediaType: track.kind === 'video' ? 'video' : 'audio', getMediaStreamTrack: () => track }),
    closeLocalTrack: () => undefined, // holds nothing of its own
    setVolumeInterval(intervalMs) {
      volumeIntervalMs = intervalMs;
    },
    onAutoplayFailed(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async resume() {
      const retries = [...blocked];
      blocked.clear();
      await Promise.all(retries.map((retry) => retry()));
    },
  };
}
