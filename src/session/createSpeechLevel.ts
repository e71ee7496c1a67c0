import type { meterTrack } from '../audio/meterTrack.js';
import type { Playback } from '../audio/Playback.js';
import type { Clock } from '../clock/clock.js';
import { notify } from '../events/notify.js';
import type { Store } from '../store/createStore.js';
import type { SessionState } from './state.js';

export interface SpeechLevelOptions {
  readonly store: Pick<Store<SessionState>, 'get' | 'subscribe'>;
  readonly clock: Clock;
  /** What speaks from the page; null while nothing does, and where an avatar speaks. */
  readonly playback: () => Playback | null;
  /** Measures a track until the returned function is called. */
  readonly meter: typeof meterTrack;
}

/**
 * How loud the assistant speaks, whoever says it: the page's playback, which measures itself, or the avatar's track in the
 * room, which is measured only while somebody listens.
 *
 * @returns subscribes a listener, which hears 0 to 1 (RMS) up to 50 times a second, and 0 once when it ends.
 */
export function createSpeechLevel({ store, clock, playback, meter }: SpeechLevelOptions): (listener: (level: number) => void) => () => void {
  const listeners = new Set<(level: number) => void>();
  let source: Playback | MediaStreamTrack | null = null;
  let stopListening = () => {};
  let stopWatching = () => {};
  let level = 0;

  function deliver(next: number): void {
    // Silence is told once: a meter of a quiet track would go on saying so.
    if (next === 0 && level === 0) return;
    level = next;
    notify(listeners, next);
  }

  function choose(next: typeof source): void {
    if (next === source) return;
    stopListening();
    source = next;
    deliver(0);
    if (next === null) stopListening = () => {};
    else stopListening = 'subscribeLevel' in next ? next.subscribeLevel(deliver) : meter(next, { clock, onLevel: deliver });
  }

  // The playback is no part of the state, but its start and end each change it.
  const follow = (): void => choose(playback() ?? store.get().audio?.mediaStreamTrack ?? null);

  return (listener) => {
    const isFirst = listeners.size === 0;
    listeners.add(listener);
    if (isFirst) {
      stopWatching = store.subscribe(follow);
      follow();
    }
    return () => {
      if (!listeners.delete(listener) || listeners.size > 0) return;
      stopWatching();
      choose(null);
    };
  };
}
