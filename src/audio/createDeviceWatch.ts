import { createStore } from '../store/createStore.js';
import type { DeviceReport } from './listDevices.js';
import { watchPermission } from './watchPermission.js';

/** The browser's devices, as they come and go. Asks only while somebody subscribes. */
export interface DeviceWatch {
  subscribe(listener: () => void): () => void;
  getSnapshot(): DeviceReport;
  /** Looks again: a microphone that was just allowed gives the devices their names, and no event tells of it. Never rejects. */
  refresh(): Promise<void>;
}

/** Makes a watch that has not looked yet. */
export function createDeviceWatch(): DeviceWatch {
  const store = createStore<DeviceReport>(null);
  let listeners = 0;
  let stop = (): void => undefined;
  let looking: Promise<void> | null = null;
  let again = false;

  async function look(): Promise<void> {
    const { mediaDevices } = navigator;
    if (typeof mediaDevices?.enumerateDevices !== 'function') return store.set('unavailable');
    do {
      again = false;
      const found = await mediaDevices.enumerateDevices().catch(() => null);
      if (found === null) continue; // a document that is on its way out
      const report = found.map(({ kind, deviceId, groupId, label }) => ({ kind, deviceId, groupId, label }));
      if (JSON.stringify(report) !== JSON.stringify(store.get())) store.set(report);
    } while (again);
  }

  /** A headset that connects sends several events: one look at a time, and one more for those that came meanwhile. */
  function refresh(): Promise<void> {
    if (looking) again = true;
    looking ??= look().finally(() => {
      looking = null;
    });
    return looking;
  }

  function start(): () => void {
    const { mediaDevices } = navigator;
    const onChange = (): void => void refresh();
    mediaDevices?.addEventListener?.('devicechange', onChange);
    const endPermission = watchPermission(onChange);
    onChange();
    return () => {
      mediaDevices?.removeEventListener?.('devicechange', onChange);
      endPermission();
    };
  }

  return {
    subscribe(listener) {
      if (listeners++ === 0) stop = start();
      const unsubscribe = store.subscribe(listener);
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        unsubscribe();
        if (--listeners === 0) stop();
      };
    },
    getSnapshot: store.get,
    refresh,
  };
}
