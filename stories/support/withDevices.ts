import type { StoryObj } from '@storybook/react-vite';
import { desk, fakeDevices, type FakeDevice } from './fakeDevices.js';

/** A story in a browser whose devices and permission are made up, and which remembers what it is told and nothing else. */
export function withDevices(story: StoryObj, devices: readonly FakeDevice[] = desk, permission: PermissionState = 'granted', remembered?: object): StoryObj {
  return {
    ...story,
    beforeEach() {
      const browser = fakeDevices(devices, permission);
      localStorage.removeItem('visavis.devices');
      if (remembered) localStorage.setItem('visavis.devices', JSON.stringify(remembered));
      return () => {
        browser.remove();
        localStorage.removeItem('visavis.devices');
      };
    },
  };
}
