import { loadPart } from '../errors/loadPart.js';
import type { PlaybackOptions } from '../audio/createPlayback.js';
import type { Playback } from '../audio/Playback.js';
import type { AudioSink } from './createMicrophoneUplink.js';
import type { SessionRun } from './createSessionRun.js';

/** The track in the room carries it: nothing is lost, nothing is to be sent. */
const HEARD_IN_THE_ROOM: AudioSink = { hearsTrack: true, sendAudio: () => 0, flushAudio: () => undefined };

/** A playback of the given options, or the application's own. Loaded when it is needed: most sessions speak through an avatar. */
export async function loadPlayback(option: PlaybackOptions | Playback | undefined, volume: number, speakerId: string): Promise<Playback> {
  const playback = option !== undefined && 'push' in option ? option : (await loadPart('What plays the voice', () => import('../audio/createPlayback.js'))).createPlayback(option);
  playback.setVolume(volume);
  if (speakerId !== '') await playback.setSinkId(speakerId).catch(() => undefined); // gone by now: the default plays
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

/** Whom the microphone's samples are for; null while there is nobody. */
export function microphoneSink({ voice, avatar }: SessionRun): AudioSink | null {
  if (voice) return voice.connection;
  return avatar && avatar.inputFormat === null ? HEARD_IN_THE_ROOM : avatar;
}
