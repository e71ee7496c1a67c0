import { useMemo } from 'react';
import { askForSpeaker, canAskForSpeaker } from '../../audio/askForSpeaker.js';
import { canChooseSpeaker } from '../../audio/canChooseSpeaker.js';
import type { DeviceList } from '../../audio/listDevices.js';
import type { MediaDevice } from '../../audio/MediaDevice.js';
import { useAvatarSession } from './useAvatarSession.js';
import { useDeviceChoice, type DeviceChoiceResult } from './useDeviceChoice.js';
import { useInBrowser } from './useInBrowser.js';
import { useMediaDevices } from './useMediaDevices.js';

export interface UseSpeakerResult extends DeviceChoiceResult {
  /** What there is to choose from. */
  readonly list: DeviceList;
  /** The device that is heard, where the browser tells. */
  readonly device: MediaDevice | null;
  /** False where the browser leaves the choice to the system, as on phones. */
  readonly supported: boolean;
  /** Lets the user choose in the browser's own dialogue; call it from a click. Null where there is none. Never rejects. */
  readonly ask: (() => Promise<void>) | null;
  /** How loud the other side is played, 0 to 1. */
  readonly volume: number;
  /** @param volume 0 to 1 */
  readonly setVolume: (volume: number) => void;
}

/**
 * Where the session is heard, and how loud.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { volume, setVolume } = useSpeaker();
 * return <input type="range" min="0" max="1" step="0.05" value={volume} onChange={(event) => setVolume(event.target.valueAsNumber)} />;
 * ```
 */
export function useSpeaker(): UseSpeakerResult {
  const { volume, setVolume } = useAvatarSession((view) => ({ volume: view.volume, setVolume: view.setVolume }));
  const { refresh, ...list } = useMediaDevices('audiooutput');
  const choice = useDeviceChoice('speaker', list, null);
  const supported = useInBrowser(canChooseSpeaker, true);
  const canAsk = useInBrowser(canAskForSpeaker, false);
  const { setDevice } = choice;
  const ask = useMemo(
    () => async (): Promise<void> => {
      const asked = await askForSpeaker();
      if (asked === null) return;
      // It is listed from now on.
      await refresh();
      await setDevice(asked.deviceId, asked.label);
    },
    [refresh, setDevice],
  );
  const chosen = list.devices.find(({ deviceId }) => deviceId === choice.selectedId) ?? null;
  return { ...choice, list, device: chosen ?? list.defaultDevice, supported, ask: canAsk ? ask : null, volume, setVolume };
}
