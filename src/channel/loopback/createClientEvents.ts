import { createEmitter } from '../../events/createEmitter.js';
import type { LoopbackClient, LoopbackEvents, LoopbackListener } from './LoopbackClient.js';

/** The events of a client, taken and let go by listener as in Agora's SDK. */
export interface ClientEvents extends Pick<LoopbackClient, 'on' | 'off'> {
  emit<K extends keyof LoopbackEvents>(name: K, ...values: LoopbackEvents[K]): void;
}

/** Makes events that nobody listens to. */
export function createClientEvents(): ClientEvents {
  const emitter = createEmitter<{ [name: string]: readonly unknown[] }>();
  const subscriptions = new Map<string, Map<LoopbackListener, () => void>>();
  return {
    emit: (name, ...values) => emitter.emit(name, values),
    on(event, listener) {
      const listeners = subscriptions.get(event) ?? new Map<LoopbackListener, () => void>();
      subscriptions.set(event, listeners);
      if (listeners.has(listener)) return;
      // `never[]` accepts any listener; what it is called with is fixed by `LoopbackEvents`.
      listeners.set(listener, emitter.on(event, (values) => (listener as (...args: readonly unknown[]) => void)(...values)));
    },
    off(event, listener) {
      subscriptions.get(event)?.get(listener)?.();
      subscriptions.get(event)?.delete(listener);
    },
  };
}
