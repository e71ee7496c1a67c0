import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDeviceMemory, defaultDevices } from '../../../src/audio/createDeviceMemory.js';

/** The browser's storage, as far as it is used. */
function fakeStorage(entries: Map<string, string>) {
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
  };
}

describe('createDeviceMemory', () => {
  let entries = new Map<string, string>();
  beforeEach(() => {
    entries = new Map();
    vi.stubGlobal('localStorage', fakeStorage(entries));
  });
  afterEach(() => void vi.unstubAllGlobals());

  it('recalls what was chosen, also from another page', () => {
    const choice = { microphone: { deviceId: 'a', label: 'Studio Mic' }, speaker: null };
    createDeviceMemory('key').remember(choice);
    expect(createDeviceMemory('key').recall()).toEqual(choice);
    expect(createDeviceMemory('other').recall()).toEqual(defaultDevices);
  });

  it('leaves nothing behind when all is the default again', () => {
    const memory = createDeviceMemory('key');
    memory.remember({ microphone: { deviceId: 'a', label: '' }, speaker: null });
    memory.remember(defaultDevices);
    expect(entries.size).toBe(0);
  });

  it.each(['no json', '3', '{"microphone":"a"}', '{"microphone":{"deviceId":7,"label":"x"}}', '{"speaker":{"deviceId":"","label":""}}'])('ignores %s, which it never wrote', (stored) => {
    entries.set('key', stored);
    expect(createDeviceMemory('key').recall()).toEqual(defaultDevices);
  });

  it('remembers nothing and fails nothing where the page may not store anything', () => {
    vi.stubGlobal('localStorage', undefined);
    const memory = createDeviceMemory('key');
    memory.remember({ microphone: { deviceId: 'a', label: '' }, speaker: null });
    expect(memory.recall()).toEqual(defaultDevices);
  });
});
