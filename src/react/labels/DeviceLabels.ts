/** The words of devices: choosing them, trying them, and what to do when the browser keeps one back. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- its components bring its words
export interface DeviceLabels {}

/** In English. */
export const englishDevices: DeviceLabels = {};
