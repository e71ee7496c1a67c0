import { expect, it } from 'vitest';
import source from './support/resampler-probe.ts?worklet';

/** The engine that a worklet gets in a page with this content security policy. */
async function engineUnder(policy: string): Promise<unknown> {
  const frame = document.createElement('iframe');
  frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  document.body.append(frame);
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    await loaded;
    const page = frame.contentWindow as Window & typeof globalThis; // it is in the document
    const context = new page.OfflineAudioContext(1, 128, 48_000);
    await context.audioWorklet.addModule(url);
    const probe = new page.AudioWorkletNode(context, 'resampler-probe');
    return await new Promise((resolve) => {
      probe.port.onmessage = ({ data }) => resolve(data);
    });
  } finally {
    URL.revokeObjectURL(url);
    frame.remove();
  }
}

it('runs in WebAssembly in a worklet', async () => {
  expect(await engineUnder("script-src blob: 'wasm-unsafe-eval'")).toBe('wasm');
});

it('runs in TypeScript in a worklet of a page that refuses WebAssembly', async () => {
  expect(await engineUnder('script-src blob:')).toBe('typescript');
});
