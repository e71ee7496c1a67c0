import { AvatarError } from '../errors/AvatarError.js';
import { loadPart } from '../errors/loadPart.js';
import type { EncodePictureOptions } from '../picture/encodePicture.js';
import type { PictureSource } from '../picture/PictureSource.js';
import type { AvatarGesture, VoiceImage } from '../services/service.js';
import type { SpeakOptions, SpeakResult, Speech } from './AvatarSession.js';
import type { SessionRun } from './createSessionRun.js';
import type { Speaker } from './createSpeaker.js';

/** What an application may ask of the services of a live session. */
export interface Requests {
  speak(speech: Speech, options?: SpeakOptions): Promise<SpeakResult>;
  sendText(text: string): Promise<void>;
  sendImage(image: VoiceImage | PictureSource, options?: EncodePictureOptions): Promise<void>;
  act(gesture: AvatarGesture): Promise<void>;
}

export interface RequestsOptions {
  /** Read at each request. */
  readonly run: () => SessionRun | null;
  readonly onTextSent: () => void;
  /** Null before a session has become live, and after its end. */
  readonly speaker: () => Pick<Speaker, 'speak'> | null;
}

/** Passes requests on to whichever service can grant them. */
export function createRequests({ run, onTextSent, speaker }: RequestsOptions): Requests {
  return {
    async speak(speech, options = {}) {
      const ready = speaker();
      if (!ready) throw new AvatarError('not-ready', { message: 'The avatar cannot speak before the session is live. Await start() first.' });
      return ready.speak(speech, options);
    },
    async sendText(text) {
      const taker = run()?.voice?.connection ?? run()?.avatar;
      if (!taker?.sendText) throw notReady('sendText()', 'a voice service, or a hosted avatar');
      await taker.sendText(text);
      onTextSent();
    },
    async sendImage(image, options) {
      const voice = run()?.voice?.connection;
      if (!voice) throw notReady('sendImage()', 'a voice service');
      return voice.sendImage(isEncoded(image) ? image : await encode(image, options));
    },
    async act(gesture) {
      const avatar = run()?.avatar;
      if (!avatar?.act) throw notReady('act()', 'an avatar that has gestures');
      return avatar.act(gesture);
    },
  };
}

/** By the bytes themselves: a Blob has a method of that name. */
function isEncoded(image: unknown): image is VoiceImage {
  return typeof image === 'object' && image !== null && 'bytes' in image && image.bytes instanceof Uint8Array;
}

/** Loaded when it is first needed: most sessions show nothing. */
async function encode(source: PictureSource, options?: EncodePictureOptions): Promise<VoiceImage> {
  const { encodePicture } = await loadPart('What encodes pictures', () => import('../picture/encodePicture.js'));
  return encodePicture(source, options);
}

function notReady(what: string, needed: string): AvatarError {
  return new AvatarError('not-ready', { message: `${what} needs a live session with ${needed}.` });
}
