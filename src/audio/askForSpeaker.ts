import type { ChosenDevice } from './MediaDevice.js';

/** What Firefox has beside the rest of `MediaDevices`, and no type library yet (Audio Output Devices API). */
interface SpeakerDialogue {
  selectAudioOutput(): Promise<MediaDeviceInfo>;
}

/** Whether the browser has a dialogue of its own to choose a speaker in; Firefox lists only what was chosen there. */
export function canAskForSpeaker(): boolean {
  return typeof navigator.mediaDevices === 'object' && hasDialogue(navigator.mediaDevices);
}

/** Lets the user choose in the browser's own dialogue; call it from a click. Null when nothing was chosen. Never rejects. */
export async function askForSpeaker(): Promise<ChosenDevice | null> {
  const { mediaDevices } = navigator;
  if (!hasDialogue(mediaDevices)) return null;
  const device = await mediaDevices.selectAudioOutput().catch(() => null);
  return device && { deviceId: device.deviceId, label: device.label };
}

function hasDialogue(mediaDevices: object): mediaDevices is SpeakerDialogue {
  return 'selectAudioOutput' in mediaDevices && typeof mediaDevices.selectAudioOutput === 'function';
}
