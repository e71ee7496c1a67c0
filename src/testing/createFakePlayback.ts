import type { Playback } from '../audio/Playback.js';
import { initialPlaybackState, type PlaybackState } from '../audio/playbackState.js';
import { createStore } from '../store/createStore.js';

/** A playback without a loudspeaker, for tests. */
export interface FakePlayback extends Playback {
  /** Names of what was called, in order: `start`, `end`, `clear`, `resume`, `volume 0.5`, `stop`. */
  readonly calls: readonly string[];
  /** Everything that was pushed since the last `clear()`: Int16Array [samples]. */
  pushed(): Int16Array;
  /** Puts the playback into a state, as if the browser had. */
  patch(change: Partial<PlaybackState>): void;
  /** Delivers one level, 0 to 1, to every meter. */
  emitLevel(level: number): void;
}

/** Makes a playback that is off. */
export function createFakePlayback(): FakePlayback {
  const store = createStore<PlaybackState>(initialPlaybackState);
  const calls: string[] = [];
  const levels = new Set<(level: number) => void>();
  let samples: number[] = [];
  const patch = (change: Partial<PlaybackState>) => store.set({ ...store.get(), ...change });
  const nothing = () => () => undefined;
  return {
    calls,
    patch,
    emitLevel: (level) => levels.forEach((listener) => listener(level)),
    pushed: () => Int16Array.from(samples),
    async start() {
      calls.push('start');
      patch({ status: 'on' });
    },
    push: (piece) => samples.push(...piece),
    end: () => calls.push('end'),
    clear() {
      calls.push('clear');
      samples = [];
      return 0;
    },
    playedMs: 0,
    bufferedMs: 0,
    jitter: { targetMs: 70, underruns: 0 },
    mediaStreamTrack: null,
    setVolume: (volume) => void calls.push(`volume ${volume}`),
    setSinkId: async (deviceId) => void calls.push(`sink ${deviceId}`),
    async resume() {
      calls.push('resume');
      patch({ blocked: false });
    },
    stop() {
      calls.push('stop');
      patch({ status: 'off' });
    },
    subscribe: store.subscribe,
    getSnapshot: store.get,
    subscribeLevel(listener) {
      levels.add(listener);
      return () => levels.delete(listener);
    },
    subscribePosition: nothing,
  };
}
