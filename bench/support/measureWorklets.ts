import { readFileSync } from 'node:fs';
import { openBrowser } from '../../test/e2e/support/openPage.js';
import { PCM_CHUNK_SAMPLES } from '../../src/dsp/pcmChunk.js';

export interface WorkletTimes {
  readonly captureUs: number;
  readonly playbackUs: number;
  readonly nothingUs: number;
}

const SECONDS = 60;
const RUNS = 9;

/** Renders a minute of sound through each worklet, in turns. @returns microseconds a quantum, the medians. */
export async function measureWorklets(): Promise<WorkletTimes> {
  const scripts = {
    capture: readFileSync('dist/worklets/mic-capture.js', 'utf8'),
    playback: readFileSync('dist/worklets/pcm-playback.js', 'utf8'),
    nothing: `registerProcessor('nothing', class extends AudioWorkletProcessor { process() { return true; } });`,
  };
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    // A page without an address gets no worklets.
    await page.route('http://localhost/', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
    await page.goto('http://localhost/');
    return await page.evaluate(render, { scripts, seconds: SECONDS, runs: RUNS, chunkSamples: PCM_CHUNK_SAMPLES });
  } finally {
    await browser.close();
  }
}

interface RenderOptions {
  readonly scripts: Readonly<Record<'capture' | 'playback' | 'nothing', string>>;
  readonly seconds: number;
  readonly runs: number;
  readonly chunkSamples: number;
}

/** Runs in the page. */
async function render({ scripts, seconds, runs, chunkSamples }: RenderOptions): Promise<WorkletTimes> {
  const rateHz = 48_000;

  /** Speech for all the time, as chunks laid out for the worklet. */
  function feed(port: MessagePort): void {
    for (let sent = 0; sent < seconds * 24_000; sent += chunkSamples) {
      const buffer = new ArrayBuffer(16 + 2 * chunkSamples);
      new Float64Array(buffer, 0, 1)[0] = 24_000;
      new Uint32Array(buffer, 0, 4)[2] = chunkSamples;
      const samples = new Int16Array(buffer, 16);
      for (let i = 0; i < chunkSamples; i++) samples[i] = 9000 * Math.sin((sent + i) / 20);
      port.postMessage(buffer, [buffer]);
    }
  }

  async function once(kind: keyof typeof scripts): Promise<number> {
    const context = new OfflineAudioContext(1, seconds * rateHz, rateHz);
    const url = URL.createObjectURL(new Blob([scripts[kind]], { type: 'text/javascript' }));
    await context.audioWorklet.addModule(url);
    URL.revokeObjectURL(url);
    const tone = context.createOscillator();
    const name = { capture: 'visavis-mic-capture', playback: 'visavis-pcm-playback', nothing: 'nothing' }[kind];
    const node = new AudioWorkletNode(context, name, kind === 'capture' ? { numberOfInputs: 2, numberOfOutputs: 1 } : { outputChannelCount: [1] });
    if (kind === 'playback') feed(node.port);
    // A host that reads: what is posted goes back, as in a page.
    if (kind === 'capture') node.port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => node.port.postMessage(data, [data]);
    if (kind !== 'playback') {
      tone.connect(node, 0, 0);
      if (kind === 'capture') tone.connect(node, 0, 1);
    }
    node.connect(context.destination);
    tone.start();
    const startMs = performance.now();
    const rendered = await context.startRendering();
    const tookMs = performance.now() - startMs;
    if (kind === 'playback' && rendered.getChannelData(0).filter((sample) => sample !== 0).length < 0.9 * rendered.length) throw new Error('The playback was not fed.');
    node.port.onmessage = null;
    return (tookMs * 1000) / ((seconds * rateHz) / 128);
  }

  const times = { capture: new Array<number>(), playback: new Array<number>(), nothing: new Array<number>() };
  for (let run = 0; run < runs; run++) {
    for (const kind of ['capture', 'playback', 'nothing'] as const) times[kind].push(await once(kind));
  }
  const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
  return { captureUs: median(times.capture), playbackUs: median(times.playback), nothingUs: median(times.nothing) };
}
