import type { DeviceList } from '../../audio/listDevices.js';
import type { MediaDevice } from '../../audio/MediaDevice.js';
import { useAvatarContext } from '../AvatarContext.js';
import { micTrouble, type MicTrouble } from '../devices/micTrouble.js';
import { useAudioStream, type UseAudioStreamResult } from './useAudioStream.js';
import { useDeviceChoice, type DeviceChoiceResult } from './useDeviceChoice.js';
import { useMediaDevices } from './useMediaDevices.js';

export interface UseMicrophoneResult extends UseAudioStreamResult, DeviceChoiceResult {
  /** What there is to choose from. */
  readonly list: DeviceList;
  /** The device that is open; null while off, or where the browser does not tell. */
  readonly device: MediaDevice | null;
  /** False where the application has given a microphone that cannot be changed. */
  readonly canChoose: boolean;
  /** What the error means for the user, as `MicHelp` explains it; null without an error. */
  readonly trouble: MicTrouble | null;
}

/**
 * The session's microphone: its state, what can be done with it, and which device it is. The functions keep their identity, and none
 * of them rejects. Reading it asks for nothing.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { status, toggle, device, error } = useMicrophone();
 * return <button onClick={toggle}>{error?.message ?? `${device?.label ?? 'Microphone'}: ${status}`}</button>;
 * ```
 */
export function useMicrophone(): UseMicrophoneResult {
  const { session } = useAvatarContext();
  const stream = useAudioStream();
  const { refresh: _refresh, ...list } = useMediaDevices('audioinput');
  const choice = useDeviceChoice('microphone', list, stream.deviceId);
  const found = list.devices.find(({ deviceId }) => deviceId === stream.deviceId) ?? null;
  // Chrome calls the default by a name of its own.
  const device = found ?? (stream.deviceId === 'default' ? list.defaultDevice : null);
  return { ...stream, ...choice, list, device, canChoose: session.microphone.setDevice !== undefined, trouble: micTrouble(null, stream.error) };
}
