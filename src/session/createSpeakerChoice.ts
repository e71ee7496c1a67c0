import { AvatarError } from '../errors/AvatarError.js';
import type { SessionRun } from './createSessionRun.js';

/** Which output device the other side is heard from. */
export interface SpeakerChoice {
  /** An empty string: the system's default. */
  readonly current: string;
  /** @throws AvatarError `sound-unavailable`, and the device of before stays. */
  set(deviceId: string): Promise<void>;
}

/** @param onChange told of a choice that holds. */
export function createSpeakerChoice(run: () => SessionRun | null, onChange: (deviceId: string) => void): SpeakerChoice {
  let current = '';
  return {
    get current() {
      return current;
    },
    async set(deviceId) {
      const { channel, voice } = run() ?? {};
      if (channel && !channel.setSpeaker) {
        throw new AvatarError('sound-unavailable', { message: 'This channel lets nobody choose the output device. Choose one in the system settings.' });
      }
      await Promise.all([channel?.setSpeaker?.(deviceId), voice?.playback?.setSinkId(deviceId)]);
      if (current === deviceId) return;
      current = deviceId;
      onChange(deviceId);
    },
  };
}
