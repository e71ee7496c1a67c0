import type { AgoraEngine } from '../agora/agoraClient.js';
import { createLoopbackClient } from './createLoopbackClient.js';

/** The engine of an emulator's rooms, for `createAgoraChannel`. */
export function createLoopbackEngine(url: string): AgoraEngine {
  const listeners = new Set<() => void>();
  const blocked = new Set<() => Promise<void>>();
  return {
    createClient: () =>
      createLoopbackClient(url, (retry) => {
        blocked.add(retry);
        for (const listener of listeners) listener();
      }),
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
