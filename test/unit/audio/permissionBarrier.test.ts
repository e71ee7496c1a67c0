import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { permissionBarrier } from '../../../src/audio/permissionBarrier.js';

const policy = (allows: boolean) => ({ allowsFeature: (feature: string) => feature !== 'microphone' || allows });

beforeEach(() => {
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => undefined } });
  vi.stubGlobal('document', {});
});
afterEach(() => void vi.unstubAllGlobals());

it('finds none in a secure page of a browser that tells nothing of its policy', () => {
  expect(permissionBarrier()).toBeNull();
});

it('notices an insecure page before all else, since it lacks the microphone too', () => {
  vi.stubGlobal('isSecureContext', false);
  vi.stubGlobal('navigator', {});
  expect(permissionBarrier()).toBe('insecure');
});

it('notices a browser without a microphone', () => {
  vi.stubGlobal('navigator', {});
  expect(permissionBarrier()).toBe('unsupported');
});

it.each(['permissionsPolicy', 'featurePolicy'])('asks the %s of the document', (name) => {
  vi.stubGlobal('document', { [name]: policy(false) });
  expect(permissionBarrier()).toBe('frame');
  vi.stubGlobal('document', { [name]: policy(true) });
  expect(permissionBarrier()).toBeNull();
});
