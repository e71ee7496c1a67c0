import { expect, it } from 'vitest';
import { ENGINE } from './support/engine.js';
import source from './support/resampler-probe.ts?worklet';

/** The smallest module there is: the letters `asm` after a zero, version 1. */
const PREAMBLE = `
const refusesWasm = () => {
  try {
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    return false;
  } catch {
    return true;
  }
};
registerProcessor('wasm-probe', class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.port.postMessage(refusesWasm());
  }
});
`;
/** As a content security policy does it where it reaches into worklets. */
const REFUSE = `
WebAssembly.Module = class {
  constructor() {
    throw new WebAssembly.CompileError('refused');
  }
};
`;

/** What a worklet is given in a page with this content security policy: whether it may compile WebAssembly, and the resampler's engine. */
async function probe(policy: string, before = '') {
  // Not `srcdoc`: WebKit takes any script of a worklet in such a page for one of another origin.
  const page = URL.createObjectURL(new Blob([`<meta http-equiv="Content-Security-Policy" content="${policy}">`], { type: 'text/html' }));
  const script = URL.createObjectURL(new Blob([before, PREAMBLE, source], { type: 'text/javascript' }));
  const frame = document.createElement('iframe');
  frame.src = page;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  document.body.append(frame);
  try {
    await loaded;
    const window = frame.contentWindow as Window & typeof globalThis; // it is in the document
    const context = new window.OfflineAudioContext(1, 128, 48_000);
    await context.audioWorklet.addModule(script);
    const ask = (name: string) =>
      new Promise<unknown>((resolve) => {
        new window.AudioWorkletNode(context, name).port.onmessage = ({ data }) => resolve(data);
      });
    return { refused: await ask('wasm-probe'), engine: await ask('resampler-probe') };
  } finally {
    URL.revokeObjectURL(page);
    URL.revokeObjectURL(script);
    frame.remove();
  }
}

it('runs in WebAssembly in a worklet', async () => {
  expect(await probe("script-src blob: 'wasm-unsafe-eval'")).toEqual({ refused: false, engine: 'wasm' });
});

it('runs in TypeScript in a worklet of a page that refuses WebAssembly', async () => {
  const { refused, engine } = await probe('script-src blob:');
  expect(engine).toBe(refused === true ? 'typescript' : 'wasm');
  // WebKit does not hold a worklet to this part of the policy.
  if (ENGINE !== 'webkit') expect(refused).toBe(true);
});

it('runs in TypeScript in a worklet that may compile nothing', async () => {
  expect(await probe("script-src blob: 'wasm-unsafe-eval'", REFUSE)).toEqual({ refused: true, engine: 'typescript' });
});
