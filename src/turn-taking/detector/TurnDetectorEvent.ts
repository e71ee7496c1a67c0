/**
 * What interrupts the avatar: `voice`, the user's voice; `transcript`, the first words that were recognised; `push-to-talk`, a button;
 * `off`, nothing.
 */
export type TurnMode = 'voice' | 'transcript' | 'push-to-talk' | 'off';

interface TurnMoment {
  /** The frame in which it was noticed. */
  readonly sequence: number;
  /** When that frame was heard, in milliseconds, as its sender counts them. */
  readonly timeMs: number;
}

/** The user has begun to speak. */
export interface SpeechStartEvent extends TurnMoment {
  readonly type: 'speech-start';
  /** All of the utterance so far, pre-roll included: Int16Array [samples], mono, 16 kHz; the receiver's to keep. */
  readonly samples: Int16Array<ArrayBuffer>;
}

/** The user has finished. */
export interface SpeechEndEvent extends TurnMoment {
  readonly type: 'speech-end';
  /** The whole utterance, pre-roll included: Int16Array [samples], mono, 16 kHz; the receiver's to keep. */
  readonly samples: Int16Array<ArrayBuffer>;
  /** True when the utterance went on beyond `maxUtteranceMs`: its end is missing. */
  readonly truncated: boolean;
  /** How long the user had been quiet when that was noticed. Milliseconds. */
  readonly quietMs: number;
}

/** What had begun as speech was too short to be any. */
export interface MisfireEvent extends TurnMoment {
  readonly type: 'misfire';
}

/** The first sign of speech while the avatar speaks: lower its sound. */
export interface DuckEvent extends TurnMoment {
  readonly type: 'duck';
  /** What to multiply the avatar's loudness by, 0 to 1. */
  readonly gain: number;
}

/** The user interrupts: silence the avatar, and raise the turn. */
export interface CutEvent extends TurnMoment {
  readonly type: 'cut';
  readonly by: 'voice' | 'transcript' | 'push-to-talk';
}

/** It was nothing: bring the avatar's sound back. */
export interface ReleaseEvent extends TurnMoment {
  readonly type: 'release';
}

/** What is known of a frame, for meters. */
export interface LabelEvent extends TurnMoment {
  readonly type: 'label';
  /** Level, dBFS, -127 to 0. */
  readonly rmsDb: number;
  /** How likely it is that somebody speaks, the avatar included, 0 to 100. */
  readonly voiceProbability: number;
  /** Whether the frame is taken for the user's voice, and not for the avatar's echo. */
  readonly isUser: boolean;
}

/** What a turn detector tells. */
export type TurnDetectorEvent = SpeechStartEvent | SpeechEndEvent | MisfireEvent | DuckEvent | CutEvent | ReleaseEvent | LabelEvent;
