import type { DetectorCommand } from '../turn-taking/detector/detectorMessages.js';
import type { AudioStream } from './AudioStream.js';
import { createFramePump } from './createFramePump.js';

/**
 * Leads a microphone's frames to a detector, straight from the audio thread where the stream allows it, and tells it when there are no
 * more. The returned function ends that.
 */
export function feedDetector(microphone: AudioStream, post: (command: DetectorCommand) => void): () => void {
  const unsubscribe = microphone.subscribe(() => {
    const { status, muted } = microphone.getSnapshot();
    if (muted || status !== 'on') post({ type: 'flush' });
  });
  const leave = microphone.subscribePorts?.((port) => post({ type: 'frames', port })) ?? pumpFrames(microphone, post);
  return () => {
    unsubscribe();
    leave();
  };
}

function pumpFrames(microphone: AudioStream, post: (command: DetectorCommand) => void): () => void {
  const pump = createFramePump();
  post({ type: 'frames', port: pump.port });
  const unsubscribe = microphone.subscribeFrames(pump.push);
  return () => {
    unsubscribe();
    pump.stop();
  };
}
