import type { AudioFrame, AudioStream } from '../audio/AudioStream.js';
import { initialMicrophoneState, type MicrophoneState } from '../audio/microphoneState.js';
import { createStore } from '../store/createStore.js';

/** An {@link AudioStream} that hears what a test tells it to hear. */
export interface ScriptedMicrophone extends AudioStream {
  /** Puts the microphone into a state, as if the browser or the user had. */
  push(patch: Partial<MicrophoneState>): void;
  /** Delivers one level, 0 to 1, to every meter. */
  emitLevel(level: number): void;
  /** Delivers one frame to every listener. */
  emitFrame(frame: AudioFrame): void;
  /** How many meters and frame listeners are attached: a leak check. */
  readonly listenerCount: number;
}

/**
 * Makes a microphone without a device.
 *
 * @param initial where it begins; off and not muted when left out.
 * @param onCall hears the name of every method that the code under test calls.
 * @example
 * ```ts
 * const microphone = createScriptedMicrophone({ status: 'on' });
 * microphone.subscribeLevel((level) => meter.set(level));
 * microphone.emitLevel(0.5);
 * ```
 */
export function createScriptedMicrophone(
  initial: Partial<MicrophoneState> = {},
  onCall: (method: string, args: readonly unknown[]) => void = () => undefined,
): ScriptedMicrophone {
  const store = createStore<MicrophoneState>({ ...initialMicrophoneState, ...initial });
  const levels = new Set<(level: number) => void>();
  const frames = new Set<(frame: AudioFrame) => void>();
  const push = (patch: Partial<MicrophoneState>): void => store.set({ ...store.get(), ...patch });

  return {
    start() {
      onCall('microphone.start', []);
      push({ status: 'on', error: null });
      return Promise.resolve();
    },
    stop() {
      onCall('microphone.stop', []);
      if (store.get().status !== 'failed') push({ status: 'off' });
    },
    setDevice(deviceId) {
      onCall('microphone.setDevice', [deviceId]);
      if (store.get().status === 'on') push({ deviceId });
      return Promise.resolve();
    },
    preferDevice: (deviceId) => onCall('microphone.preferDevice', [deviceId]),
    setMuted(muted) {
      onCall('microphone.setMuted', [muted]);
      push({ muted });
    },
    // Real sound has a track; a script has none to publish.
    getTrack: () => null,
    setReference: (track) => onCall('microphone.setReference', [track]),
    setReferenceGain: (gain, rampMs) => onCall('microphone.setReferenceGain', [gain, rampMs]),
    subscribe: store.subscribe,
    getSnapshot: store.get,
    subscribeFrames: (listener) => listenIn(frames, listener),
    subscribeLevel: (listener) => listenIn(levels, listener),
    push,
    emitLevel: (level) => levels.forEach((listener) => listener(level)),
    emitFrame: (frame) => frames.forEach((listener) => listener(frame)),
    get listenerCount() {
      return levels.size + frames.size;
    },
  };
}

function listenIn<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
