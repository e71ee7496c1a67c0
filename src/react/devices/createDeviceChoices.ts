import { createDeviceMemory, defaultDevices, type DeviceChoice } from '../../audio/createDeviceMemory.js';
import type { ChosenDevice } from '../../audio/MediaDevice.js';
import type { AvatarSession } from '../../session/AvatarSession.js';
import { createStore } from '../../store/createStore.js';

/** Which of its devices a session's user has chosen. */
export interface DeviceChoices {
  subscribe(listener: () => void): () => void;
  getSnapshot(): DeviceChoice;
  /** Gives the session what was chosen at an earlier visit. A device that is gone by now keeps nothing from starting. */
  restore(): void;
  /** @throws AvatarError as `AudioStream.setDevice` and `AvatarSession.setSpeaker`; the choice of before stays */
  choose(which: keyof DeviceChoice, device: ChosenDevice | null): Promise<void>;
}

/** Where choices are kept unless the application names another key. */
const DEFAULT_KEY = 'visavis.devices';

/** @param remember false: for this page only; a string: the key in `localStorage`. */
export function createDeviceChoices(session: AvatarSession, remember: boolean | string): DeviceChoices {
  const memory = remember === false ? null : createDeviceMemory(remember === true ? DEFAULT_KEY : remember);
  const store = createStore<DeviceChoice>(defaultDevices);
  return {
    subscribe: store.subscribe,
    getSnapshot: store.get,
    restore() {
      const choice = memory?.recall() ?? defaultDevices;
      if (choice.microphone) session.microphone.preferDevice?.(choice.microphone.deviceId);
      // The default plays where it is gone; what is chosen and what is there is for the list of devices to compare.
      if (choice.speaker) session.setSpeaker(choice.speaker.deviceId).catch(() => undefined);
      if (choice !== defaultDevices) store.set(choice);
    },
    async choose(which, device) {
      const deviceId = device?.deviceId ?? '';
      await (which === 'microphone' ? session.microphone.setDevice?.(deviceId) : session.setSpeaker(deviceId));
      const choice = { ...store.get(), [which]: device };
      store.set(choice);
      memory?.remember(choice);
    },
  };
}
