/** One microphone, speaker or camera, as the browser names it. */
export interface MediaDevice {
  readonly kind: MediaDeviceKind;
  /** For `setDevice`. Made up by the browser for this site; it lasts until the site's data is cleared. */
  readonly deviceId: string;
  /** The same for the microphone and the speaker of one headset; an empty string where the browser does not tell. */
  readonly groupId: string;
  /** The name, without the numbers that some browsers add. May be an empty string. */
  readonly label: string;
  /** A guess by the name: a Bluetooth headset sounds like a telephone while its microphone is open. */
  readonly isBluetooth: boolean;
}

/** A device that was chosen, with the name that it had then. */
export type ChosenDevice = Pick<MediaDevice, 'deviceId' | 'label'>;
