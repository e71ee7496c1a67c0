// Source: https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMicrophone } from '../../../src/audio/createMicrophone.js';

afterEach(() => vi.unstubAllGlobals());

/** A page whose browser answers a request for the microphone like this. */
function stubBrowser(getUserMedia: (() => Promise<never>) | undefined, secure = true): void {
  vi.stubGlobal('isSecureContext', secure);
  vi.stubGlobal('navigator', getUserMedia ? { mediaDevices: { getUserMedia } } : {});
}

describe('why there is no microphone', () => {
  it.each([
    ['NotAllowedError', 'microphone-denied', false],
    ['SecurityError', 'microphone-denied', false],
    ['NotFoundError', 'microphone-missing', false],
    ['OverconstrainedError', 'microphone-missing', false],
    ['NotReadableError', 'microphone-busy', true],
    ['AbortError', 'microphone-busy', true],
    ['TypeError', 'microphone-unsupported', false],
  ])('%s is %s', async (name, reason, retryable) => {
    stubBrowser(() => Promise.reject(new DOMException('no', name)));
    const microphone = createMicrophone();
    await expect(microphone.start()).rejects.toMatchObject({ reason, retryable });
    expect(microphone.getSnapshot()).toMatchObject({ status: 'failed', error: { reason } });
  });

  it('an insecure page has none, and the browser is not even asked', async () => {
    let asked = false;
    stubBrowser(() => {
      asked = true;
      return Promise.reject(new Error('asked'));
    }, false);
    await expect(createMicrophone().start()).rejects.toMatchObject({ reason: 'insecure-origin' });
    expect(asked).toBe(false);
  });

  it('an old browser has none', async () => {
    stubBrowser(undefined);
    await expect(createMicrophone().start()).rejects.toMatchObject({ reason: 'microphone-unsupported' });
  });

  it('a refusal can be taken back: the next start asks again', async () => {
    let refusals = 0;
    stubBrowser(() => {
      refusals++;
      return Promise.reject(new DOMException('no', 'NotAllowedError'));
    });
    const microphone = createMicrophone();
    await expect(microphone.start()).rejects.toMatchObject({ reason: 'microphone-denied' });
    await expect(microphone.start()).rejects.toMatchObject({ reason: 'microphone-denied' });
    expect(refusals).toBe(2);
  });
});
