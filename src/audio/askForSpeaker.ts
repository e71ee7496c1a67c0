import type { ChosenDevice } from './MediaDevice.js';

/** Whether the browser has a dialogue of its own to choose a speaker in; Firefox lists only what was chosen there. */
export function canAskForSpeaker(): boolean {
  return typeof navigator.mediaDevices === 'object' && 'selectAudioOutput' in navigator.mediaDevices;
}

/** Lets the user choose in the browser's own dialogue; call it from a click. Null when nothing was chosen. Never rejects. */
export async function askForSpeaker(): Promise<ChosenDevice | null> {
  const { mediaDevices } = navigator;
  if (!('selectAudioOutput' in mediaDevices) || typeof mediaDevices.selectAudioOutput !== 'function') return null;
  // Boundary: the method is in no type library yet; its result is a MediaDeviceInfo (Audio Output Devices API).
  const asked = mediaDevices.selectAudioOutput() as Promise<MediaDeviceInfo>;
  const device = await asked.catch(() => null);
  return device && { deviceId: device.deviceId, label: device.label };
}
