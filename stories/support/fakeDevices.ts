/** One device of a browser that is made up. */
export interface FakeDevice {
  readonly kind: MediaDeviceKind;
  readonly deviceId: string;
  readonly label: string;
  readonly groupId: string;
}

/** A browser whose devices and permission a test or a story decides. */
export interface FakeDevices {
  /** Plugs in these and no others. */
  plug(devices: readonly FakeDevice[]): void;
  /** The user changes what the site is allowed. */
  allow(state: PermissionState): void;
  /** How many listeners wait for devices and permission: a leak check. */
  readonly listenerCount: number;
  /** Gives the browser's own devices back. */
  remove(): void;
}

export const fakeDevice = (kind: MediaDeviceKind, deviceId: string, label: string, groupId = ''): FakeDevice => ({ kind, deviceId, label, groupId });

/** Two microphones and two speakers, as Chrome lists them. */
export const desk: readonly FakeDevice[] = [
  fakeDevice('audioinput', 'default', 'Default - MacBook Pro Microphone (Built-in)', 'mac'),
  fakeDevice('audioinput', 'mic-mac', 'MacBook Pro Microphone (Built-in)', 'mac'),
  fakeDevice('audioinput', 'mic-studio', 'Studio Mic (046d:0825)', 'studio'),
  fakeDevice('audiooutput', 'default', 'Default - MacBook Pro Speakers (Built-in)', 'mac'),
  fakeDevice('audiooutput', 'out-mac', 'MacBook Pro Speakers (Built-in)', 'mac'),
  fakeDevice('audiooutput', 'out-headset', 'Ada’s AirPods (Bluetooth)', 'airpods'),
];

/** The same before the microphone was allowed. */
export const hiddenDesk: readonly FakeDevice[] = [fakeDevice('audioinput', '', ''), fakeDevice('audiooutput', '', '')];

/** Puts made-up devices in the place of the browser's. */
export function fakeDevices(initial: readonly FakeDevice[] = desk, permission: PermissionState = 'granted'): FakeDevices {
  let plugged = initial;
  let state = permission;
  const media = countingTarget();
  const status = countingTarget();
  const undo = [
    define(navigator, 'mediaDevices', Object.assign(media.target, { enumerateDevices: async () => plugged, getUserMedia: async () => Promise.reject(new DOMException('Permission denied', 'NotAllowedError')) })),
    define(navigator, 'permissions', { query: async () => Object.defineProperty(status.target, 'state', { configurable: true, get: () => state }) }),
  ];
  return {
    plug(devices) {
      plugged = devices;
      media.target.dispatchEvent(new Event('devicechange'));
    },
    allow(next) {
      state = next;
      status.target.dispatchEvent(new Event('change'));
    },
    get listenerCount() {
      return media.count() + status.count();
    },
    remove: () => undo.forEach((step) => step()),
  };
}

function define(holder: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(holder, name);
  Object.defineProperty(holder, name, { configurable: true, value });
  return () => {
    if (before) Object.defineProperty(holder, name, before);
    else Reflect.deleteProperty(holder, name);
  };
}

function countingTarget() {
  const target = new EventTarget();
  let listeners = 0;
  const add = target.addEventListener.bind(target);
  const remove = target.removeEventListener.bind(target);
  target.addEventListener = (...args: Parameters<typeof add>) => {
    listeners++;
    add(...args);
  };
  target.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners--;
    remove(...args);
  };
  return { target, count: () => listeners };
}
