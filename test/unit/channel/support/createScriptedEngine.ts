import type { AgoraEngine } from '../../../../src/channel/agora/agoraEngine.js';
import type { ScriptedClient } from './createScriptedClient.js';

/** An engine whose clients are these, one after the other; the last one serves for all that follow. */
export function createScriptedEngine(clients: readonly ScriptedClient[], resume: (block: () => void) => Promise<void> = async () => undefined) {
  const autoplayListeners = new Set<() => void>();
  const block = () => autoplayListeners.forEach((listener) => listener());
  const waiting = [...clients];
  let last = clients[0];
  const engine: AgoraEngine = {
    createClient() {
      last = waiting.shift() ?? last;
      if (!last) throw new Error('no client');
      return last.client;
    },
    createLocalTrack: (track) => ({ trackMediaType: track.kind === 'video' ? 'video' : 'audio', getMediaStreamTrack: () => track }),
    closeLocalTrack: (track) => void last?.calls.push(`close ${track.trackMediaType}`),
    setVolumeInterval: (intervalMs) => void last?.calls.push(`volume every ${intervalMs}`),
    onAutoplayFailed(listener) {
      autoplayListeners.add(listener);
      return () => autoplayListeners.delete(listener);
    },
    resume: () => resume(block),
  };
  return { engine, autoplayListeners, block };
}
