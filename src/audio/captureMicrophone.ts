import micCaptureSource from '../../worklets/mic-capture.ts?worklet';
import { captureFrames, type CaptureEvents, type FrameCapture } from './captureFrames.js';

// By the same door: neither is needed before a microphone has been asked for.
export { hasOtherMicrophone } from './hasOtherMicrophone.js';
export { microphoneError } from './microphoneError.js';

/**
 * Runs the microphone through the capture worklet that visavis brings along. Loaded when a microphone is opened: the worklet is text
 * of 10 KB, and the user's answer to the browser's question takes longer than its way.
 *
 * @param workletUrl where the application serves the worklet, if it does.
 * @throws AvatarError as {@link captureFrames}
 */
export function captureMicrophone(stream: MediaStream, workletUrl: string | undefined, events: CaptureEvents): Promise<FrameCapture> {
  return captureFrames(stream, { source: micCaptureSource, url: workletUrl }, events);
}
