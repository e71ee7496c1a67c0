import type { SessionState, SessionStatus } from '../../session/state.js';
import type { TranscriptEntry } from '../../session/transcript.js';
import type { FailureGroup } from '../failureGroup.js';
import type { DeviceLabels } from './DeviceLabels.js';

/** The words of a session: its stage, its buttons, its status and what can go wrong with it. */
export interface SessionLabels {
  /** Accessible name of the picture. */
  readonly avatar: string;
  /** Accessible name of the orb, and of an `Avatar` without a face. The state follows it. */
  readonly orb: string;
  readonly start: string;
  readonly starting: string;
  /** The start button after a session has ended. */
  readonly restart: string;
  /** The start button after a failure. */
  readonly retry: string;
  readonly end: string;
  /** The end button while the session still connects. */
  readonly cancel: string;
  readonly microphone: string;
  /** Under the start button, so that the browser's question comes as no surprise. */
  readonly microphoneHint: string;
  readonly interrupt: string;
  readonly unlockSound: string;
  readonly controls: string;
  /** Over a picture that has stood still for a while. */
  readonly frozen: string;
  /** Over the picture of an avatar that should be heard and is not. */
  readonly silent: string;
  readonly pictureInPicture: string;
  /** Accessible name of the words over the picture. */
  readonly captions: string;
  readonly status: Readonly<Record<SessionStatus, string>>;
  /** Live, and the microphone is on. */
  readonly listening: string;
  /** Live, and the microphone is muted. */
  readonly muted: string;
  /** The assistant speaks; said by the orb. */
  readonly speaking: string;
  /** Connecting, by how far the vendor is with preparing the avatar. */
  readonly progress: Readonly<Record<NonNullable<SessionState['progress']>, string>>;
  /** Live, and the room's connection hardly carries. */
  readonly weakNetwork: string;
  /** Accessible name of the captions. */
  readonly transcript: string;
  /** In place of captions before anything has been said. */
  readonly transcriptEmpty: string;
  /** Takes a reader who has scrolled up back to what is being said. */
  readonly transcriptLatest: string;
  readonly roles: Readonly<Record<TranscriptEntry['role'], string>>;
  /** Before the part of a reply that was cut off. Read out, not seen. */
  readonly unheard: string;
  /** Under a reply that was cut short. */
  readonly interrupted: string;
  readonly failure: Readonly<Record<FailureGroup, string>>;
}

/** What everything that shows a session has words for. */
export type SessionWords = SessionLabels & Pick<DeviceLabels, 'microphonePaused'>;

/** In English. */
export const englishSession: SessionWords = {
  avatar: 'Avatar',
  orb: 'Voice assistant',
  start: 'Start talking',
  starting: 'Connecting',
  restart: 'Talk again',
  retry: 'Try again',
  end: 'End',
  cancel: 'Cancel',
  microphone: 'Microphone',
  microphoneHint: 'Your browser will ask for the microphone.',
  interrupt: 'Interrupt',
  unlockSound: 'Turn on sound',
  controls: 'Conversation',
  frozen: 'The picture has stopped. Waiting for it.',
  silent: 'No sound arrives from the avatar.',
  pictureInPicture: 'Picture in picture',
  captions: 'Captions',
  microphonePaused: 'Microphone paused',
  status: {
    idle: 'Ready',
    authorizing: 'Getting ready',
    connecting: 'Connecting',
    live: 'Live',
    reconnecting: 'Reconnecting',
    ending: 'Ending',
    ended: 'Ended',
    failed: 'Something went wrong',
  },
  listening: 'Listening',
  muted: 'Microphone muted',
  speaking: 'Speaking',
  progress: { queueing: 'Waiting for a place', processing: 'Preparing the avatar' },
  weakNetwork: 'Weak connection',
  transcript: 'Transcript',
  transcriptEmpty: 'Nothing has been said yet.',
  transcriptLatest: 'Latest',
  roles: { user: 'You', assistant: 'Assistant' },
  unheard: 'Not heard:',
  interrupted: 'Interrupted',
  failure: {
    'microphone-blocked': 'Microphone blocked',
    'microphone-missing': 'No microphone',
    'microphone-busy': 'Microphone in use',
    'insecure-page': 'Page is not secure',
    browser: 'Browser not supported',
    connection: 'Connection problem',
    busy: 'Everyone is busy',
    expired: 'Session expired',
    access: 'No access',
    avatar: 'Avatar problem',
    setup: 'Setup problem',
  },
};
