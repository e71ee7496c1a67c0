import { useMemo, useState, useSyncExternalStore } from 'react';
import { defaultDevices, type DeviceChoice } from '../../audio/createDeviceMemory.js';
import type { DeviceList } from '../../audio/listDevices.js';
import type { ChosenDevice } from '../../audio/MediaDevice.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { useAvatarContext } from '../AvatarContext.js';
import { useLatest } from '../useLatest.js';

/** What both kinds of devices have in common. */
export interface DeviceChoiceResult {
  /** What a list should show as selected: what the user has chosen, or what is used in its place; an empty string is the system's default. */
  readonly selectedId: string;
  /** What the user has chosen; null is the system's default. */
  readonly chosenDevice: ChosenDevice | null;
  /** The device that the user wants and that is not there. Another one is used meanwhile, and the choice is kept for its return. */
  readonly goneDevice: ChosenDevice | null;
  /** True from a choice until the device is in use. */
  readonly isChanging: boolean;
  /** Why the latest choice could not be had, or null. The device of before is still in use. */
  readonly choiceError: AvatarError | null;
  /**
   * Chooses a device, now and for the sessions to come. Never rejects: see `choiceError`.
   * @param deviceId an empty string for the system's default.
   * @param label its name, where it is not in the list yet.
   */
  readonly setDevice: (deviceId: string, label?: string) => Promise<void>;
}

/**
 * The user's choice of one of the two devices.
 *
 * @param which of the two.
 * @param list what there is to choose from.
 * @param openId the device that is truly open; null where that is not known.
 */
export function useDeviceChoice(which: keyof DeviceChoice, list: DeviceList, openId: string | null): DeviceChoiceResult {
  const { devices: choices } = useAvatarContext();
  const wanted = useSyncExternalStore(choices.subscribe, choices.getSnapshot, () => defaultDevices)[which];
  const [attempt, setAttempt] = useState<{ readonly isChanging: boolean; readonly error: AvatarError | null }>({ isChanging: false, error: null });
  const latest = useLatest(list);

  const setDevice = useMemo(() => {
    let latestAttempt = 0;
    return async (deviceId: string, name = ''): Promise<void> => {
      const current = ++latestAttempt;
      const label = latest.current.devices.find((device) => device.deviceId === deviceId)?.label ?? name;
      setAttempt({ isChanging: true, error: null });
      try {
        await choices.choose(which, deviceId === '' ? null : { deviceId, label });
        if (current === latestAttempt) setAttempt({ isChanging: false, error: null });
      } catch (cause) {
        const error = AvatarError.isInstance(cause) ? cause : new AvatarError('sound-unavailable', { message: 'That device could not be used. Choose another one.', cause });
        if (current === latestAttempt) setAttempt({ isChanging: false, error });
      }
    };
  }, [choices, which, latest]);

  const isListed = (deviceId: string | null): boolean => list.devices.some((device) => device.deviceId === deviceId);
  const isGone = wanted !== null && !attempt.isChanging && list.status === 'listed' && !isListed(wanted.deviceId);
  const usesOther = wanted !== null && !attempt.isChanging && openId !== null && openId !== wanted.deviceId;
  const inUse = openId !== null && isListed(openId) ? openId : '';
  return {
    selectedId: isGone || usesOther ? inUse : (wanted?.deviceId ?? ''),
    chosenDevice: wanted,
    goneDevice: isGone ? wanted : null,
    isChanging: attempt.isChanging,
    choiceError: attempt.error,
    setDevice,
  };
}
