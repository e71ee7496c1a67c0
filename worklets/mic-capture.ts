import { createFrameCutter } from '../src/dsp/createFrameCutter.js';
import { createFrameOutlet, type FrameOutlet } from '../src/dsp/createFrameOutlet.js';
import type { MicFrame } from '../src/dsp/micFrame.js';

/**
 * Input 0, the microphone, and input 1, the avatar's sound, as 10 ms frames. Posts `ArrayBuffer`s laid out by `micFrame`; a reader posts
 * each back when it has read it, so that `process()` allocates nothing. A `MessagePort` that arrives gets every frame as well, until
 * anything but a buffer comes back from it. Any other message stops the processor.
 */
class MicCapture extends AudioWorkletProcessor {
  private outlets: readonly FrameOutlet[] = [];
  private running = true;
  private readonly cutter = createFrameCutter({
    inputRateHz: sampleRate,
    emitFrame: (frame: MicFrame) => {
      for (let i = 0; i < this.outlets.length; i++) this.outlets[i]?.send(frame);
    },
  });

  constructor() {
    super();
    this.open(this.port, (message) => {
      if (message instanceof MessagePort) this.open(message, () => message.close());
      else this.running = false;
    });
  }

  private open(port: MessagePort, onMessage: (message: unknown) => void): void {
    const transfer: ArrayBuffer[] = [];
    const outlet = createFrameOutlet({
      post: (buffer) => {
        transfer[0] = buffer;
        port.postMessage(buffer, transfer);
      },
    });
    this.outlets = [...this.outlets, outlet];
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer) return outlet.give(data);
      if (port !== this.port) this.outlets = this.outlets.filter((other) => other !== outlet);
      onMessage(data);
    };
  }

  override process(inputs: readonly Float32Array[][]): boolean {
    const microphone = inputs[0];
    if (microphone) this.cutter.push(microphone, inputs[1]);
    return this.running;
  }
}

registerProcessor('visavis-mic-capture', MicCapture);
