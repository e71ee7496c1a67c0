import { useEffect } from 'react';
import type { DeviceChoiceResult } from './useDeviceChoice.js';
import { useLatest } from '../useLatest.js';

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
export function useControlledDevice({ value, defaultValue, onValueChange }: ControlledDeviceProps, choice: DeviceChoiceResult): (deviceId: string) => void {
  const latest = useLatest({ choice, defaultValue });
  const { setDevice } = choice;
  useEffect(() => {
    const { choice: now, defaultValue: initial } = latest.current;
    const wanted = value ?? (now.chosenDevice === null ? initial : undefined);
    if (wanted !== undefined && wanted !== (now.chosenDevice?.deviceId ?? '')) void setDevice(wanted);
  }, [value, latest, setDevice]);
  return (deviceId) => {
    if (value === undefined) void setDevice(deviceId);
    onValueChange?.(deviceId);
  };
}
