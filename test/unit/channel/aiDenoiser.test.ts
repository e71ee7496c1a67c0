// Sources: agora-extension-ai-denoiser 2.0.2, d.ts and README; agora-rtc-react 2.5.1 (SDK 4.24.2), LocalAudioTrack.
import { describe, expect, it } from 'vitest';
import { aiDenoiser, type AiDenoiserOptions } from '../../../src/channel/agora/aiDenoiser.js';
import type { DenoiserSdk, PipedAudioTrack } from '../../../src/channel/agora/aiDenoiserModule.js';
import type { AvatarError } from '../../../src/errors/AvatarError.js';

/** The SDK and the package in one: they note what is piped where. A piped track gives out what went in until its volume is set. */
function setUp({ compatible = true, enable = async () => {}, ...options }: Partial<AiDenoiserOptions> & { compatible?: boolean; enable?: () => Promise<void> } = {}) {
  const calls: string[] = [];
  const errors: AvatarError[] = [];
  const listeners = new Map<string, (error: Error) => void>();
  const mediaTrack = (name: string) => ({ name, clone: () => mediaTrack(`${name} clone`), stop: () => void calls.push(`stop ${name}`) }) as unknown as MediaStreamTrack; // no more of it is touched
  const processed = mediaTrack('processed');
  const processor = {
    name: 'processor',
    enabled: false,
    async enable() {
      await enable();
      this.enabled = true;
      calls.push('enable');
    },
    async disable() {
      this.enabled = false;
      calls.push('disable');
    },
    setMode: async (mode: string) => void calls.push(`mode ${mode}`),
    setLevel: async (level: string) => void calls.push(`level ${level}`),
    setLatency: async (latency: string) => void calls.push(`latency ${latency}`),
    destroy: async () => void calls.push('destroy'),
    pipe: (next: unknown) => void calls.push(`processor > ${(next as { name: string }).name}`),
    unpipe: () => void calls.push('processor unpipe'),
    on: (event: string, listener: (error: Error) => void) => void listeners.set(event, listener),
  };
  function localTrack(source: MediaStreamTrack): PipedAudioTrack {
    let current = source;
    return {
      processorDestination: { name: 'destination', pipe: () => undefined, unpipe: () => undefined } as PipedAudioTrack['processorDestination'],
      pipe: (next: unknown) => void calls.push(`track > ${(next as { name: string }).name}`),
      unpipe: () => void calls.push('track unpipe'),
      getMediaStreamTrack: () => current,
      setVolume: (volume) => {
        calls.push(`volume ${volume}`);
        current = processed;
      },
      close: () => void calls.push('close'),
    };
  }
  const sdk: DenoiserSdk = {
    registerExtensions: (extensions) => void calls.push(`register ${extensions.length}`),
    createCustomAudioTrack: ({ mediaStreamTrack }) => {
      calls.push(`custom ${(mediaStreamTrack as unknown as { name: string }).name}`);
      return localTrack(mediaStreamTrack);
    },
  };
  class AIDenoiserExtension {
    constructor({ assetsPath }: { assetsPath: string }) {
      calls.push(`new ${assetsPath}`);
    }
    checkCompatibility = () => compatible;
    createProcessor = () => processor;
  }
  const denoiser = aiDenoiser({ load: async () => ({ AIDenoiserExtension }), assetsPath: '/denoiser', onError: (error) => errors.push(error), ...options }, async () => sdk);
  return { denoiser, calls, errors, listeners, processed, microphone: mediaTrack('microphone'), localTrack };
}

describe('aiDenoiser', () => {
  it('puts the processor into a copy of the microphone, and gives out what is processed', async () => {
    const { denoiser, calls, microphone, processed } = setUp({ mode: 'STATIONARY_NS', level: 'AGGRESSIVE', latency: 'LOW' });
    expect(calls).toEqual([]);
    const quiet = await denoiser.denoise(microphone);
    expect(quiet.track).toBe(processed);
    expect(quiet.enabled).toBe(true);
    expect(calls).toEqual([
      'new /denoiser',
      'register 1',
      'custom microphone clone',
      'track > processor',
      'processor > destination',
      'enable',
      'mode STATIONARY_NS',
      'level AGGRESSIVE',
      'latency LOW',
      'volume 100',
    ]);
  });

  it('registers its extension once for all tracks', async () => {
    const { denoiser, calls, microphone } = setUp();
    await Promise.all([denoiser.denoise(microphone), denoiser.denoise(microphone)]);
    await denoiser.denoise(microphone);
    expect(calls.filter((call) => call.startsWith('register'))).toHaveLength(1);
    expect(calls.filter((call) => call.startsWith('custom'))).toHaveLength(3);
  });

  it('releases what it made, and not the microphone', async () => {
    const { denoiser, calls, microphone } = setUp();
    const quiet = await denoiser.denoise(microphone);
    calls.length = 0;
    await Promise.all([quiet.stop(), quiet.stop()]);
    expect(calls).toEqual(['processor unpipe', 'track unpipe', 'track > destination', 'destroy', 'close', 'stop processed']);
  });

  it("changes an application's own Agora track in its place, and leaves it open", async () => {
    const { denoiser, calls, microphone, localTrack } = setUp();
    const quiet = await denoiser.denoise(localTrack(microphone));
    await quiet.stop();
    expect(calls).not.toContain('close');
    expect(calls.filter((call) => call.startsWith('custom') || call.startsWith('stop'))).toEqual([]);
    expect(calls.at(-2)).toBe('track > destination');
  });

  it('is switched off and on, and set otherwise, while it runs', async () => {
    const { denoiser, calls, microphone } = setUp();
    const quiet = await denoiser.denoise(microphone);
    calls.length = 0;
    await quiet.setEnabled(true);
    await quiet.setEnabled(false);
    expect(quiet.enabled).toBe(false);
    await quiet.setEnabled(true);
    await quiet.setMode('NSNG');
    await quiet.setLevel('SOFT');
    await quiet.setLatency('FULL');
    expect(calls).toEqual(['disable', 'enable', 'mode NSNG', 'level SOFT', 'latency FULL']);
  });

  it('tells of a machine that cannot keep up, and lets the sound pass when the processor fails', async () => {
    let overloads = 0;
    const { denoiser, calls, errors, listeners, microphone } = setUp({ onOverload: () => overloads++ });
    const quiet = await denoiser.denoise(microphone);
    calls.length = 0;
    listeners.get('overload')?.(new Error());
    // Missing files are told of twice by the package.
    listeners.get('pipeerror')?.(new Error('no wasm'));
    listeners.get('pipeerror')?.(new Error('no wasm'));
    expect(overloads).toBe(1);
    expect(errors).toMatchObject([{ reason: 'sound-unavailable' }]);
    expect(calls).toEqual(['processor unpipe', 'track unpipe', 'track > destination']);
    await quiet.stop();
    listeners.get('pipeerror')?.(new Error('late'));
    expect(errors).toHaveLength(1);
  });

  it('leaves nothing behind when it does not start', async () => {
    const { denoiser, calls, microphone } = setUp({ enable: () => Promise.reject(new Error('404')) });
    await expect(denoiser.denoise(microphone)).rejects.toMatchObject({ reason: 'sound-unavailable', message: expect.stringContaining('assetsPath') as string });
    expect(calls.slice(-2)).toEqual(['destroy', 'close']);
  });

  it('says so when the browser cannot run it', async () => {
    const { denoiser, calls, microphone } = setUp({ compatible: false });
    await expect(denoiser.denoise(microphone)).rejects.toMatchObject({ reason: 'sound-unavailable' });
    expect(calls).toEqual(['new /denoiser']);
  });

  it('says which package is missing', async () => {
    const { denoiser, microphone } = setUp({ load: () => Promise.reject(new Error('Cannot find module')) });
    await expect(denoiser.denoise(microphone)).rejects.toMatchObject({
      reason: 'peer-missing',
      message: expect.stringContaining('npm install agora-extension-ai-denoiser') as string,
    });
  });

  it('wants to know where its files are', () => {
    expect(() => setUp({ assetsPath: '' })).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  });
});
