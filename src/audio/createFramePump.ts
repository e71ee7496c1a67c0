import { createFrameOutlet } from '../dsp/createFrameOutlet.js';
import { micFrame } from '../dsp/micFrame.js';
import type { AudioFrame } from './AudioStream.js';

/** Sends frames that have reached the page on to a port, for a stream that gives no ports of its own. */
export interface FramePump {
  /** The far end, laid out as that of a capture. */
  readonly port: MessagePort;
  push(frame: AudioFrame): void;
  stop(): void;
}

/** Makes a pump. */
export function createFramePump(): FramePump {
  const { port1, port2 } = new MessageChannel();
  const outlet = createFrameOutlet({ post: (buffer) => port1.postMessage(buffer, [buffer]) });
  const frame = micFrame();
  port1.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data instanceof ArrayBuffer) outlet.give(data);
  };

  return {
    port: port2,
    push({ samples, reference, sequence, rms, peak }) {
      frame.samples.set(samples);
      if (reference) frame.reference.set(reference);
      else frame.reference.fill(0);
      frame.counters[0] = sequence;
      frame.levels[1] = rms;
      frame.levels[2] = peak;
      outlet.send(frame);
    },
    stop() {
      port1.onmessage = null;
      port1.close();
    },
  };
}
