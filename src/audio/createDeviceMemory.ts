import type { ChosenDevice } from './MediaDevice.js';

/** What a user has chosen for each of the two. Null: the system's default. */
export interface DeviceChoice {
  readonly microphone: ChosenDevice | null;
  readonly speaker: ChosenDevice | null;
}

/** Keeps a choice from one visit to the next. */
export interface DeviceMemory {
  recall(): DeviceChoice;
  remember(choice: DeviceChoice): void;
}

/** Nothing was chosen. */
export const defaultDevices: DeviceChoice = { microphone: null, speaker: null };

/**
 * Makes a memory in `localStorage`. Where a page may not use it (a sandboxed frame, blocked cookies) nothing is remembered,
 * and nothing fails.
 *
 * @param key under which the choice is kept.
 */
export function createDeviceMemory(key: string): DeviceMemory {
  return {
    recall() {
      try {
        return parseChoice(JSON.parse(localStorage.getItem(key) ?? 'null'));
      } catch {
        return defaultDevices; // no storage, or not our words in it
      }
    },
    remember(choice) {
      try {
        if (choice.microphone === null && choice.speaker === null) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify(choice));
      } catch {
        return; // no storage, or no room in it
      }
    },
  };
}

function parseChoice(stored: unknown): DeviceChoice {
  if (typeof stored !== 'object' || stored === null) return defaultDevices;
  const members = new Map<string, unknown>(Object.entries(stored));
  return { microphone: parseDevice(members.get('microphone')), speaker: parseDevice(members.get('speaker')) };
}

function parseDevice(stored: unknown): ChosenDevice | null {
  if (typeof stored !== 'object' || stored === null || !('deviceId' in stored) || !('label' in stored)) return null;
  const { deviceId, label } = stored;
  return typeof deviceId === 'string' && deviceId !== '' && typeof label === 'string' ? { deviceId, label } : null;
}
