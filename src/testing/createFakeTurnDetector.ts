import type { TurnDetectorHost, TurnEvent } from '../audio/createTurnDetectorHost.js';
import type { LabelEvent } from '../turn-taking/detector/TurnDetectorEvent.js';

/** A turn detector that notices what a test tells it to notice. */
export interface FakeTurnDetector extends TurnDetectorHost {
  /** Names of what was called, in order: `start`, `stop`, `mode voice`, `talking true`, `words`, `speaking true`. */
  readonly calls: readonly string[];
  /** Delivers an event as if it had been noticed now. */
  emit(event: TurnEvent): void;
  emitLabel(label: LabelEvent): void;
  /** How many listeners there are: a leak check. */
  readonly listenerCount: number;
}

/** Makes a detector that hears nothing. */
export function createFakeTurnDetector(): FakeTurnDetector {
  const calls: string[] = [];
  const listeners = new Set<(event: TurnEvent, noticedAtMs: number) => void>();
  const labelListeners = new Set<(label: LabelEvent) => void>();
  let running = false;
  const note = (call: string) => void calls.push(call);

  return {
    calls,
    get runsIn() {
      return running ? 'main-thread' : null;
    },
    get listenerCount() {
      return listeners.size + labelListeners.size;
    },
    emit: (event) => listeners.forEach((listener) => listener(event, Date.now())),
    emitLabel: (label) => labelListeners.forEach((listener) => listener(label)),
    async start() {
      note('start');
      running = true;
    },
    stop() {
      note('stop');
      running = false;
    },
    setAvatarSpeaking: (speaking) => note(`speaking ${speaking}`),
    setMode: (mode) => note(`mode ${mode}`),
    setTalking: (talking) => note(`talking ${talking}`),
    confirmByTranscript: () => note('words'),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    subscribeLabels(listener) {
      labelListeners.add(listener);
      return () => labelListeners.delete(listener);
    },
  };
}
