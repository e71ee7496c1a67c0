import { createFrameCutter } from '../src/dsp/createFrameCutter.js';
import { micFrame, type MicFrame } from '../src/dsp/micFrame.js';

/** Frames made ahead: 640 ms, longer than any page should block. */
const POOL_FRAMES = 64;
/** Frames that may be on their way at once: 10 s. A page that blocks for longer loses sound instead of memory. */
const MAX_FRAMES = 1000;

/**
 * The microphone as 10 ms frames. Posts `ArrayBuffer`s laid out by `micFrame`; the host posts each back when it has read it,
 * so that `process()` allocates nothing. Any other message stops the processor.
 */
class MicCapture extends AudioWorkletProcessor {
  private readonly free: MicFrame[] = [];
  private readonly transfer: ArrayBuffer[] = [];
  private made = 0;
  private running = true;
  private readonly cutter = createFrameCutter({
    inputRateHz: sampleRate,
    takeFrame: () => this.free.pop() ?? this.make(),
    emitFrame: ({ buffer }) => {
      this.transfer[0] = buffer;
      this.port.postMessage(buffer, this.transfer);
    },
  });

  constructor() {
    super();
    for (let i = 0; i < POOL_FRAMES; i++) this.free.push(micFrame());
    this.made = POOL_FRAMES;
    this.port.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) this.free.push(micFrame(data));
      else this.running = false;
    };
  }

  private make(): MicFrame | null {
    if (this.made >= MAX_FRAMES) return null;
    this.made++;
    return micFrame();
  }

  override process(inputs: readonly Float32Array[][]): boolean {
    const input = inputs[0];
    if (input) this.cutter.push(input);
    return this.running;
  }
}

registerProcessor('visavis-mic-capture', MicCapture);
