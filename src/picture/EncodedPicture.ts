/** A picture as a file. A voice service's `VoiceImage` has the same shape. */
export interface EncodedPicture {
  /** Encoded file, not raw pixels. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly format: 'png' | 'jpeg';
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}
