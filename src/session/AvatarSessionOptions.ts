import type { AudioStream } from '../audio/AudioStream.js';
import type { MicrophoneOptions } from '../audio/createMicrophone.js';
import type { Channel } from '../channel/channel.js';
import type { Clock } from '../clock/clock.js';
import { AvatarError } from '../errors/AvatarError.js';
import type { GrantOption } from '../grant/createGrantSource.js';
import type { AvatarParams, AvatarService } from '../services/service.js';

/** How a session is wired. Only `grant` is required. */
export interface AvatarSessionOptions {
  /** Base URL of `createAvatarHandler`, a function that fetches a grant, or a grant. */
  readonly grant: GrantOption;
  /** The avatar service. Default `akoolStreaming()`. */
  readonly avatar?: AvatarService;
  /** Voice, language, background. */
  readonly params?: AvatarParams;
  /** `microphone` (default): what the user says is sent to the avatar. `none`: the application calls `speak()`. */
  readonly input?: 'microphone' | 'none';
  /** Options of the microphone, or a stream of the application's own. */
  readonly microphone?: MicrophoneOptions | AudioStream;
  /** The room in which the avatar appears. Default: what the grant names. */
  readonly channel?: Channel;
  /** Attempts to connect again before the session fails; counted anew once a connection has lasted 10 s. Default 6. */
  readonly maxRetryAttempts?: number;
  readonly clock?: Clock;
}

/** @throws AvatarError `invalid-options`, for callers without types as well. */
export function checkSessionOptions({ grant, input = 'microphone', maxRetryAttempts = 0 }: AvatarSessionOptions): void {
  if (!grant) {
    throw new AvatarError('invalid-options', { message: 'createAvatarSession needs grant: the URL of the session route, a function, or a grant.' });
  }
  if (!(Number.isInteger(maxRetryAttempts) && maxRetryAttempts >= 0)) {
    throw new AvatarError('invalid-options', { message: `maxRetryAttempts must be a whole number from 0, not ${String(maxRetryAttempts)}.` });
  }
  if (input !== 'microphone' && input !== 'none') {
    throw new AvatarError('invalid-options', { message: `input must be 'microphone' or 'none', not ${String(input)}.` });
  }
}
