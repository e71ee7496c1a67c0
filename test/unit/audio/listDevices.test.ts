import { describe, expect, it } from 'vitest';
import { listDevices } from '../../../src/audio/listDevices.js';

const device = (deviceId: string, label = '', groupId = '', kind: MediaDeviceKind = 'audioinput') => ({ kind, deviceId, label, groupId });

describe('listDevices', () => {
  it('tells a browser that has not been asked from one that has nothing to offer', () => {
    expect(listDevices(null, 'audioinput').status).toBe('unknown');
    expect(listDevices('unavailable', 'audioinput').status).toBe('unavailable');
    expect(listDevices([device('camera', 'Camera', '', 'videoinput')], 'audioinput').status).toBe('none');
  });

  it('lists nothing while the browser keeps ids and names back, and says that there is something', () => {
    expect(listDevices([device('')], 'audioinput')).toEqual({ status: 'hidden', devices: [], defaultDevice: null });
  });

  it('lists each device once and finds what the default of Chrome stands for', () => {
    const list = listDevices(
      [
        device('default', 'Default - Studio Mic (046d:0825)', 'g1'),
        device('communications', 'Communications - Headset', 'g2'),
        device('a', 'Studio Mic (046d:0825)', 'g1'),
        device('b', 'Headset', 'g2'),
        device('b', 'Headset', 'g2'),
      ],
      'audioinput',
    );
    expect(list.devices.map(({ deviceId, label }) => [deviceId, label])).toEqual([['a', 'Studio Mic'], ['b', 'Headset']]);
    expect(list.defaultDevice?.deviceId).toBe('a');
  });

  it('finds the default by its group where the name is translated', () => {
    const list = listDevices([device('default', 'Standard', 'g2'), device('a', 'One', 'g1'), device('b', 'Two', 'g2')], 'audioinput');
    expect(list.defaultDevice?.deviceId).toBe('b');
  });

  it('recognises Bluetooth by name, and keeps devices that have none', () => {
    const list = listDevices([device('a', 'WH-1000XM4 Hands-Free AG Audio'), device('b', 'Ada’s AirPods'), device('c')], 'audioinput');
    expect(list.devices.map(({ isBluetooth }) => isBluetooth)).toEqual([true, true, false]);
    expect(list.status).toBe('listed');
  });
});
