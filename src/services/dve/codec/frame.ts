/**
 * One message of the DVE socket, both directions.
 *
 * @see proto/frames.proto
 */
export type DveFrame = DveTextFrame | DveAudioFrame | DveImageFrame | DveUnknownFrame;

/** What every frame may say of itself; senders may leave both out. */
interface DveFrameName {
  /** 64 bit, unsigned. */
  readonly id: bigint;
  readonly name: string;
}

export interface DveTextFrame extends DveFrameName {
  readonly kind: 'text';
  readonly text: string;
}

export interface DveAudioFrame extends DveFrameName {
  readonly kind: 'audio';
  /** To the vendor: PCM s16le without a header. From the vendor: a whole WAV file. */
  readonly audio: Uint8Array;
  /** 0 when the sender did not say. */
  readonly sampleRateHz: number;
  /** 0 when the sender did not say. */
  readonly channels: number;
}

export interface DveImageFrame extends DveFrameName {
  readonly kind: 'image';
  /** An encoded file, not raw pixels. */
  readonly image: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Such as `JPEG` or `png`. */
  readonly format: string;
}

/** A member that this version does not know, or none at all. Legal, and to be skipped. */
export interface DveUnknownFrame {
  readonly kind: 'unknown';
  /** Field number of the last member; null for a message with none. */
  readonly fieldNumber: number | null;
}

/** Text of the frame that says: the user has begun to speak, fall silent. */
export const DVE_INTERRUPT = '__interrupt__';

/** Text and audio are confirmed by the vendor's wiki; the image's number is published nowhere, and this is the likeliest. */
export const DVE_MEMBER = { text: 1, audio: 2, image: 3 } as const;
