import { serveTrackReader } from '../src/dsp/serveTrackReader.js';
import type { TrackReaderCommand } from '../src/dsp/trackReaderMessages.js';
import { createFrameCutter } from '../src/dsp/createFrameCutter.js';
import { createFrameFan } from '../src/dsp/createFrameFan.js';

/**
 * Input 0, the microphone, and input 1, the avatar's sound, as 10 ms frames. Posts `ArrayBuffer`s laid out by `micFrame`; a reader posts
 * each back when it has read it, so that `process()` allocates nothing. A `MessagePort` that arrives gets every frame as well, until
 * anything but a buffer comes back from it. Any other message stops the processor.
 */
function registerCapture(): void {
  // Named in here: a Worker runs the same script, and has no AudioWorkletProcessor.
  class MicCapture extends AudioWorkletProcessor {
    private running = true;
    private readonly fan = createFrameFan();
    private readonly cutter = createFrameCutter({ inputRateHz: sampleRate, emitFrame: this.fan.send });

    constructor() {
      super();
      this.fan.open(this.port, (message) => {
        if (message instanceof MessagePort) this.fan.open(message, () => this.fan.close(message));
        else this.running = false;
      });
    }

    override process(inputs: readonly Float32Array[][]): boolean {
      const microphone = inputs[0];
      if (microphone) this.cutter.push(microphone, inputs[1]);
      return this.running;
    }
  }
  registerProcessor('visavis-mic-capture', MicCapture);
}

/** One script for both, since one address is all that an application under a strict policy has to serve and to pass. */
if (typeof registerProcessor === 'function') registerCapture();
else {
  // The part of a Worker's global scope that is used; TypeScript's DOM library has the window's in its place.
  const scope = globalThis as unknown as { // as said above
    onmessage: ((event: MessageEvent<TrackReaderCommand>) => void) | null;
    postMessage(message: unknown): void;
  };
  const service = serveTrackReader((report) => scope.postMessage(report));
  scope.onmessage = ({ data }) => service.receive(data);
}
