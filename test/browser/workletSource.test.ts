import { expect, it } from 'vitest';
import { loadWorklet } from '../../src/audio/loadWorklet.js';
import { MIC_FRAME_SAMPLES, micFrame } from '../../src/dsp/micFrame.js';
import source from '../../worklets/mic-capture.ts?worklet';

it('loads the built worklet from a Blob URL, and the sound that goes in comes out as frames', async () => {
  const context = new AudioContext();
  try {
    await loadWorklet(context, { source });
    const capture = new AudioWorkletNode(context, 'visavis-mic-capture', { numberOfOutputs: 0 });
    const tone = new OscillatorNode(context, { frequency: 440 });
    const loud = new Promise<ArrayBuffer>((resolve) => {
      capture.port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
        if (micFrame(data).samples.some((sample) => Math.abs(sample) > 16_000)) resolve(data);
      };
    });
    tone.connect(capture);
    tone.start();
    await context.resume();
    expect(micFrame(await loud).samples).toHaveLength(MIC_FRAME_SAMPLES);
  } finally {
    await context.close();
  }
});
