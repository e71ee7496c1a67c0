import { notify } from './notify.js';

/** Typed events by name. */
export interface Emitter<Events> {
  on<K extends keyof Events>(type: K, listener: (event: Events[K]) => void): () => void;
  emit<K extends keyof Events>(type: K, event: Events[K]): void;
}

/**
 * Makes an emitter. A listener that throws does not keep the others from hearing, and an event that a listener causes
 * waits until all have heard the present one: every listener hears the same order.
 */
export function createEmitter<Events>(): Emitter<Events> {
  const byType: { [K in keyof Events]?: Set<(event: Events[K]) => void> } = {};
  const waiting: (() => void)[] = [];
  let delivering = false;
  return {
    on(type, listener) {
      const listeners = (byType[type] ??= new Set());
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit(type, event) {
      waiting.push(() => notify(byType[type] ?? [], event));
      if (delivering) return;
      delivering = true;
      for (let deliver = waiting.shift(); deliver; deliver = waiting.shift()) deliver();
      delivering = false;
    },
  };
}
