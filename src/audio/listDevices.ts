import type { MediaDevice } from './MediaDevice.js';

/** The devices of one kind. */
export interface DeviceList {
  /**
   * `unknown`: nobody has been asked yet, as on a server. `unavailable`: this page can have none. `none`: there is none.
   * `hidden`: there are some, and the browser names them once the page may use one.
   */
  readonly status: 'unknown' | 'unavailable' | 'none' | 'hidden' | 'listed';
  /** Each once; without the entries by which Chrome stands for its default ones. */
  readonly devices: readonly MediaDevice[];
  /** What the system's default is at the moment, where the browser tells. */
  readonly defaultDevice: MediaDevice | null;
}

/** What a browser's `enumerateDevices()` gave; null before it was asked; `unavailable` where there is none to ask. */
export type DeviceReport = readonly Omit<MediaDeviceInfo, 'toJSON'>[] | 'unavailable' | null;

/** Chrome lists some devices twice: as themselves, and by the part that they play. */
const ALIASES = ['default', 'communications'];
/** Chrome appends the vendor and product id of a USB device, as in `(046d:0825)`. */
const USB_ID = /\s*\([0-9a-f]{4}:[0-9a-f]{4}\)$/i;
const BLUETOOTH = /bluetooth|hands-?free|airpods|\bbuds\b/i;

/** Makes a list for people out of what a browser reports. */
export function listDevices(report: DeviceReport, kind: MediaDeviceKind): DeviceList {
  if (report === null) return { status: 'unknown', devices: [], defaultDevice: null };
  if (report === 'unavailable') return { status: 'unavailable', devices: [], defaultDevice: null };
  const entries = report.filter((entry) => entry.kind === kind);
  const named = entries.filter(({ deviceId }) => deviceId !== '');
  if (named.length === 0) return { status: entries.length === 0 ? 'none' : 'hidden', devices: [], defaultDevice: null };
  const unique = new Map(named.filter(({ deviceId }) => !ALIASES.includes(deviceId)).map((entry) => [entry.deviceId, toDevice(entry)]));
  const devices = [...unique.values()];
  const alias = named.find(({ deviceId }) => deviceId === 'default');
  return { status: 'listed', devices, defaultDevice: alias ? standsFor(toDevice(alias), devices) : null };
}

/** Its label is `Default - ` and the device's own; its group is the device's, which a second microphone may share. */
function standsFor(alias: MediaDevice, devices: readonly MediaDevice[]): MediaDevice | null {
  const byLabel = devices.find(({ label }) => label !== '' && alias.label.endsWith(label));
  return byLabel ?? devices.find(({ groupId }) => groupId !== '' && groupId === alias.groupId) ?? null;
}

function toDevice({ kind, deviceId, groupId, label }: Omit<MediaDeviceInfo, 'toJSON'>): MediaDevice {
  return { kind, deviceId, groupId, label: label.replace(USB_ID, ''), isBluetooth: BLUETOOTH.test(label) };
}
