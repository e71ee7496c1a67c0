import { createResampler } from '../../../src/dsp/createResampler.js';

/** Says which engine a resampler gets in an AudioWorkletGlobalScope. */
class ResamplerProbe extends AudioWorkletProcessor {
  constructor() {
    super();
    this.port.postMessage(createResampler({ inputRateHz: 48_000, outputRateHz: 16_000 }).engine);
  }

  override process(): boolean {
    return false;
  }
}

registerProcessor('resampler-probe', ResamplerProbe);
