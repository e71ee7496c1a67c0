import type { AudioStream } from '../audio/AudioStream.js';
import { createMicrophone, type MicrophoneOptions } from '../audio/createMicrophone.js';

/** A microphone of the given options, or the application's own stream. */
export function microphoneOf(option: MicrophoneOptions | AudioStream | undefined): AudioStream {
  return option !== undefined && 'subscribeFrames' in option ? option : createMicrophone(option);
}
