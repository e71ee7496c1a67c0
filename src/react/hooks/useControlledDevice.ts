import { useEffect } from 'react';
import type { DeviceChoice } from '../../audio/createDeviceMemory.js';
import { useAvatarContext } from '../AvatarContext.js';
import { useLatest } from '../useLatest.js';
import type { DeviceChoiceResult } from './useDeviceChoice.js';

/** What a list of devices takes to be controlled by the application. */
export interface ControlledDeviceProps {
  /** The device to use, an empty string for the system's default: makes it controlled. It is put to use whenever it changes. */
  readonly value?: string;
  /** The device to use where the user has chosen none yet. */
  readonly defaultValue?: string;
  /** The user has chosen; an empty string is the system's default. */
  readonly onValueChange?: (deviceId: string) => void;
}

/**
 * Puts the application's choice to use, and tells it of the user's.
 *
 * @returns what to do when the user chooses.
 */
export function useControlledDevice(which: keyof DeviceChoice, props: ControlledDeviceProps, { setDevice }: DeviceChoiceResult): (deviceId: string) => void {
  const { value, onValueChange } = props;
  const { devices } = useAvatarContext();
  const latest = useLatest(props);
  useEffect(() => {
    // Not as it was rendered: what an earlier visit chose has come since the first render.
    const chosen = devices.getSnapshot()[which];
    const wanted = value ?? (chosen === null ? latest.current.defaultValue : undefined);
    if (wanted !== undefined && wanted !== (chosen?.deviceId ?? '')) void setDevice(wanted);
  }, [which, value, devices, latest, setDevice]);
  return (deviceId) => {
    if (value === undefined) void setDevice(deviceId);
    onValueChange?.(deviceId);
  };
}
