import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import source from '../../worklets/mic-capture.ts?worklet';
import detectorSource from '../../worklets/turn-detector.ts?worklet';

describe('an import with ?worklet', () => {
  it('gives a script that registers the processor with nothing but the AudioWorklet globals', () => {
    const registered: string[] = [];
    const scope = createContext({
      sampleRate: 48_000,
      AudioWorkletProcessor: class {},
      registerProcessor: (name: string) => registered.push(name),
    });
    runInContext(source, scope);
    expect(registered).toEqual(['visavis-mic-capture']);
  });

  it('gives a script that runs as a classic Worker', () => {
    const posted: unknown[] = [];
    const scope = createContext({ performance, postMessage: (message: unknown) => posted.push(message), onmessage: null as ((event: { data: unknown }) => void) | null });
    runInContext(detectorSource, scope);
    scope.onmessage?.({ data: { type: 'close' } });
    expect(posted).toEqual([{ type: 'closed' }]);
  });

  it('leaves no import and no export in the script, so that a Blob URL can load it', () => {
    // Run as a classic script above, either would have been a syntax error; a dynamic import would not.
    expect(source).not.toMatch(/\bimport\s*\(/);
  });
});
