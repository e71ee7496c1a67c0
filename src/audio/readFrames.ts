import { micFrame } from '../dsp/micFrame.js';
import type { AudioFrame } from './AudioStream.js';

/**
 * Reads the frames of a port that a capture gave.
 * @returns ends it, and has its far end send no more
 */
export function readFrames(port: MessagePort, onFrame: (frame: AudioFrame) => void): () => void {
  port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
    const { counters, levels, samples, reference } = micFrame(data);
    onFrame({ samples, reference, sequence: counters[0] ?? 0, rms: levels[1] ?? 0, peak: levels[2] ?? 0 });
    port.postMessage(data, [data]);
  };
  return () => {
    port.onmessage = null;
    port.postMessage('stop');
    port.close();
  };
}
