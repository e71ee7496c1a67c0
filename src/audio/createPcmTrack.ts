import type { Clock } from '../clock/clock.js';
import { AvatarError } from '../errors/AvatarError.js';
import { createPlayback } from './createPlayback.js';
import type { Playback } from './Playback.js';

export interface PcmTrackOptions {
  /** 0 to 1. Default 1. */
  readonly volume?: number;
  /** Where the application serves `visavis/worklets/pcm-playback.js`; needed where the CSP forbids `blob:` scripts. */
  readonly workletUrl?: string;
  readonly clock?: Clock;
}

/** An audio track that carries what is pushed, and silence in between. This page does not play it. */
export interface PcmTrack
  extends Pick<Playback, 'push' | 'end' | 'clear' | 'playedMs' | 'bufferedMs' | 'jitter' | 'setVolume' | 'resume' | 'subscribe' | 'getSnapshot' | 'subscribeLevel'> {
  /** Mono, at the rate of the audio hardware. */
  readonly track: MediaStreamTrack;
  /** Ends the track and releases everything. Idempotent. */
  stop(): void;
}

/**
 * Makes a live audio track of PCM that arrives in pieces of any length, at any rate, evenly or not: the playback's own buffer and
 * worklet, with a track in the place of the loudspeaker.
 *
 * Call it from a click. A browser that has seen none lets nothing sound, and the track stays silent: `getSnapshot().blocked` is true
 * then, and `resume()` from a click goes on with what was pushed.
 *
 * @throws AvatarError `worklet-blocked`, `sound-unavailable`, `invalid-options`
 * @example
 * ```ts
 * const voice = await createPcmTrack();
 * const unpublish = await channel.publish(voice.track);
 * socket.onmessage = ({ data }) => voice.push(new Int16Array(data), 24_000);
 * ```
 */
export async function createPcmTrack(options: PcmTrackOptions = {}, createContext?: () => AudioContext): Promise<PcmTrack> {
  const playback = createPlayback(options, createContext, false);
  await playback.start();
  const track = playback.mediaStreamTrack;
  if (!track) {
    playback.stop();
    throw new AvatarError('sound-unavailable', { message: 'This browser gave no audio track. Try again, or use a current browser.' });
  }
  return {
    track,
    push: playback.push,
    end: playback.end,
    clear: playback.clear,
    get playedMs() {
      return playback.playedMs;
    },
    get bufferedMs() {
      return playback.bufferedMs;
    },
    get jitter() {
      return playback.jitter;
    },
    setVolume: playback.setVolume,
    resume: playback.resume,
    stop: playback.stop,
    subscribe: playback.subscribe,
    getSnapshot: playback.getSnapshot,
    subscribeLevel: playback.subscribeLevel,
  };
}
