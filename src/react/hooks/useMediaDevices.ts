import { useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { createDeviceWatch } from '../../audio/createDeviceWatch.js';
import { listDevices, type DeviceList } from '../../audio/listDevices.js';
import { AvatarContext } from '../AvatarContext.js';

export interface UseMediaDevicesResult extends DeviceList {
  /** Looks again. Seldom needed: devices that come and go, and a microphone that is allowed, are noticed. */
  readonly refresh: () => Promise<void>;
}

/**
 * The devices of one kind, as they come and go. Asks for no permission: until the page may use one, browsers say only that there are
 * some (`status` is `hidden`).
 *
 * @param kind `audioinput` (default) for microphones, `audiooutput` for speakers.
 * @example
 * ```tsx
 * const { devices, defaultDevice } = useMediaDevices('audioinput');
 * return <ul>{devices.map(({ deviceId, label }) => <li key={deviceId}>{label}</li>)}</ul>;
 * ```
 */
export function useMediaDevices(kind: MediaDeviceKind = 'audioinput'): UseMediaDevicesResult {
  const [watch] = useState(createDeviceWatch);
  const report = useSyncExternalStore(watch.subscribe, watch.getSnapshot, () => null);
  const open = useOpenDevice();
  useEffect(() => {
    // The names come with the first microphone, and no event tells of it.
    if (open !== null) void watch.refresh();
  }, [watch, open]);
  return useMemo(() => ({ ...listDevices(report, kind), refresh: watch.refresh }), [report, kind, watch]);
}

const noStream = (): (() => void) => () => undefined;

/** The microphone that the session around has open; null for none. */
function useOpenDevice(): string | null {
  const microphone = useContext(AvatarContext)?.session.microphone;
  return useSyncExternalStore(
    microphone?.subscribe ?? noStream,
    () => {
      const { status = 'off', deviceId = null } = microphone?.getSnapshot() ?? {};
      return status === 'on' ? (deviceId ?? '') : null;
    },
    () => null,
  );
}
