import { AvatarError } from '../errors/AvatarError.js';
import type { AvatarGesture, VoiceImage } from '../services/service.js';
import type { SessionRun } from './createSessionRun.js';

/** What an application may ask of the services of a live session. */
export interface Requests {
  sendText(text: string): Promise<void>;
  sendImage(image: VoiceImage): Promise<void>;
  act(gesture: AvatarGesture): Promise<void>;
}

/** Passes requests on to whichever service can grant them. `run` is read at each. */
export function createRequests(run: () => SessionRun | null): Requests {
  return {
    async sendText(text) {
      const voice = run()?.voice?.connection;
      if (voice) return voice.sendText(text);
      const avatar = run()?.avatar;
      if (!avatar?.sendText) throw notReady('sendText()', 'a voice service, or a hosted avatar');
      return avatar.sendText(text);
    },
    async sendImage(image) {
      const voice = run()?.voice?.connection;
      if (!voice) throw notReady('sendImage()', 'a voice service');
      return voice.sendImage(image);
    },
    async act(gesture) {
      const avatar = run()?.avatar;
      if (!avatar?.act) throw notReady('act()', 'an avatar that has gestures');
      return avatar.act(gesture);
    },
  };
}

function notReady(what: string, needed: string): AvatarError {
  return new AvatarError('not-ready', { message: `${what} needs a live session with ${needed}.` });
}
