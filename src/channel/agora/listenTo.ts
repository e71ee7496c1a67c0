import type { AgoraClient, AgoraClientEvents } from './agoraClient.js';

/** Our own listeners on a client, which others may listen to as well. */
export interface ClientListeners {
  on<K extends keyof AgoraClientEvents>(event: K, listener: AgoraClientEvents[K]): void;
  /** Hears only the first of a kind. */
  once(event: 'crypt-error', listener: () => void): void;
  /** Takes out ours, and nobody else's. */
  remove(): void;
}

/** Begins to keep track of listeners. */
export function listenTo(client: Pick<AgoraClient, 'on' | 'off'>): ClientListeners {
  let removals: readonly (() => void)[] = [];

  function on<K extends keyof AgoraClientEvents>(event: K, listener: AgoraClientEvents[K]): void {
    client.on(event, listener);
    removals = [...removals, () => client.off(event, listener)];
  }

  return {
    on,
    once(event, listener) {
      let isHeard = false;
      on(event, () => {
        if (isHeard) return;
        isHeard = true;
        listener();
      });
    },
    remove() {
      for (const remove of removals) remove();
      removals = [];
    },
  };
}
