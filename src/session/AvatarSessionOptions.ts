import type { AudioStream } from '../audio/AudioStream.js';
import type { MicrophoneOptions } from '../audio/createMicrophone.js';
import type { PlaybackOptions } from '../audio/createPlayback.js';
import type { Playback } from '../audio/Playback.js';
import type { Channel } from '../channel/channel.js';
import type { Clock } from '../clock/clock.js';
import { AvatarError } from '../errors/AvatarError.js';
import type { GrantOption } from '../grant/createGrantSource.js';
import type { AvatarParams, AvatarService, VoiceService } from '../services/service.js';
import type { TurnTakingOption } from './turns/TurnTakingOptions.js';

/** How a session is wired. Only `grant` is required, and not even that when nothing needs a server. */
export interface AvatarSessionOptions {
  /** Base URL of `createAvatarHandler`, alone or as `{ url, headers, credentials }`; a function that fetches a grant; or a grant. */
  readonly grant?: GrantOption;
  /** The avatar service. Default: `akoolStreaming()`, or none when there is a voice service. */
  readonly avatar?: AvatarService;
  /**
   * The voice service: hears the microphone and answers with speech. With an avatar its speech comes from the avatar's
   * mouth; without one it is played from the page.
   */
  readonly voice?: VoiceService;
  /** Options of the playback without an avatar, or a playback of the application's own. */
  readonly playback?: PlaybackOptions | Playback;
  /**
   * How the session tells that the user speaks, and what that does to the other side. Used where a voice service or a hosted
   * avatar hears the user; `false` leaves it to them alone.
   */
  readonly turnTaking?: TurnTakingOption;
  /** Voice, language, background. */
  readonly params?: AvatarParams;
  /** `microphone` (default): what the user says is sent to the avatar. `none`: the application calls `speak()`. */
  readonly input?: 'microphone' | 'none';
  /** Options of the microphone, or a stream of the application's own. */
  readonly microphone?: MicrophoneOptions | AudioStream;
  /** The room in which the avatar appears. Default: what the grant names. */
  readonly channel?: Channel;
  /** Whether the screen stays on while the session is live, where the browser can do that. Default true. */
  readonly keepScreenOn?: boolean;
  /** Attempts to connect again before the session fails; counted anew once a connection has lasted 10 s. Default 6. */
  readonly maxRetryAttempts?: number;
  readonly clock?: Clock;
}

/** @throws AvatarError `invalid-options`, for callers without types as well. */
export function checkSessionOptions({ input = 'microphone', maxRetryAttempts = 0, avatar, voice, microphone }: AvatarSessionOptions): void {
  if (!(Number.isInteger(maxRetryAttempts) && maxRetryAttempts >= 0)) {
    throw new AvatarError('invalid-options', { message: `maxRetryAttempts must be a whole number from 0, not ${String(maxRetryAttempts)}.` });
  }
  if (input !== 'microphone' && input !== 'none') {
    throw new AvatarError('invalid-options', { message: `input must be 'microphone' or 'none', not ${String(input)}.` });
  }
  const needsTrack = input === 'microphone' && avatar?.hears === 'room' && !voice;
  if (needsTrack && microphone && 'subscribeFrames' in microphone && !microphone.getTrack) {
    throw new AvatarError('invalid-options', { message: `${avatar.kind} hears the microphone as a track of the room: give the microphone stream a getTrack().` });
  }
}
