import type { AudioStream } from '../audio/AudioStream.js';
import { createMicrophone, type MicrophoneOptions } from '../audio/createMicrophone.js';
import type { PlaybackOptions } from '../audio/createPlayback.js';
import type { Playback } from '../audio/Playback.js';
import type { AudioSink } from './createMicrophoneUplink.js';

/** A microphone of the given options, or the application's own stream. */
export function microphoneOf(option: MicrophoneOptions | AudioStream | undefined): AudioStream {
  return option !== undefined && 'subscribeFrames' in option ? option : createMicrophone(option);
}

/** A playback of the given options, or the application's own. Loaded when it is needed: most sessions speak through an avatar. */
export async function loadPlayback(option: PlaybackOptions | Playback | undefined, volume: number): Promise<Playback> {
  const playback = option !== undefined && 'push' in option ? option : (await import('../audio/createPlayback.js')).createPlayback(option);
  playback.setVolume(volume);
  return playback;
}

/** Takes `speak()` where there is no avatar; null while there is no playback either. */
export function playbackSink(playback: Playback | null | undefined): AudioSink | null {
  if (!playback) return null;
  return {
    sendAudio(samples) {
      playback.push(samples, 16_000);
      return 0;
    },
    flushAudio: () => playback.end(),
  };
}
