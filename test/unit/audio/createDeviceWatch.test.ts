import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDeviceWatch } from '../../../src/audio/createDeviceWatch.js';

const device = (deviceId: string, label = '') => ({ kind: 'audioinput' as const, deviceId, groupId: '', label });

/** The browser's media devices: a test plugs and unplugs. */
function fakeMediaDevices() {
  let plugged = [device('')];
  let looks = 0;
  let listeners = 0;
  const target = new EventTarget();
  return {
    enumerateDevices: async () => {
      looks++;
      return plugged;
    },
    addEventListener(type: string, listener: () => void) {
      listeners++;
      target.addEventListener(type, listener);
    },
    removeEventListener(type: string, listener: () => void) {
      listeners--;
      target.removeEventListener(type, listener);
    },
    plug(next: typeof plugged) {
      plugged = next;
    },
    tell: () => target.dispatchEvent(new Event('devicechange')),
    get looks() {
      return looks;
    },
    get listeners() {
      return listeners;
    },
  };
}

describe('createDeviceWatch', () => {
  let browser = fakeMediaDevices();
  beforeEach(() => {
    browser = fakeMediaDevices();
    vi.stubGlobal('navigator', { mediaDevices: browser });
  });
  afterEach(() => void vi.unstubAllGlobals());

  it('looks when somebody subscribes, and not before', async () => {
    const watch = createDeviceWatch();
    expect([watch.getSnapshot(), browser.looks]).toEqual([null, 0]);
    const stop = watch.subscribe(() => undefined);
    await vi.waitFor(() => expect(watch.getSnapshot()).toEqual([device('')]));
    stop();
    expect(browser.listeners).toBe(0);
  });

  it('follows what is plugged in, and tells nobody when nothing has changed', async () => {
    const watch = createDeviceWatch();
    const heard = vi.fn();
    const stop = watch.subscribe(heard);
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1));
    browser.plug([device('a', 'Headset')]);
    browser.tell();
    await vi.waitFor(() => expect(watch.getSnapshot()).toEqual([device('a', 'Headset')]));
    await watch.refresh();
    expect(heard).toHaveBeenCalledTimes(2);
    stop();
  });

  it('makes one look of a storm of events, and one more for what changed meanwhile', async () => {
    const watch = createDeviceWatch();
    const stop = watch.subscribe(() => undefined);
    await watch.refresh();
    const before = browser.looks;
    for (let event = 0; event < 10; event++) browser.tell();
    browser.plug([device('b')]);
    await vi.waitFor(() => expect(watch.getSnapshot()).toEqual([device('b')]));
    expect(browser.looks - before).toBeLessThanOrEqual(2);
    stop();
  });

  it('says where there is nothing to ask, as in an insecure page', async () => {
    vi.stubGlobal('navigator', {});
    const watch = createDeviceWatch();
    watch.subscribe(() => undefined)();
    await vi.waitFor(() => expect(watch.getSnapshot()).toBe('unavailable'));
  });
});
