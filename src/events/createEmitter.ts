/** Typed events by name. */
export interface Emitter<Events> {
  on<K extends keyof Events>(type: K, listener: (event: Events[K]) => void): () => void;
  emit<K extends keyof Events>(type: K, event: Events[K]): void;
}

/** Makes an emitter. A listener that throws does not keep the others from hearing: its error is reported to the page. */
export function createEmitter<Events>(): Emitter<Events> {
  const byType: { [K in keyof Events]?: Set<(event: Events[K]) => void> } = {};
  return {
    on(type, listener) {
      const listeners = (byType[type] ??= new Set());
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit(type, event) {
      for (const listener of [...(byType[type] ?? [])]) {
        try {
          listener(event);
        } catch (error) {
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
  };
}
