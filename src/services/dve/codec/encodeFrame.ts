import protobuf from 'protobufjs/minimal.js';
import { DVE_MEMBER, type DveAudioFrame, type DveImageFrame, type DveTextFrame } from './frame.js';
import { dve } from './generated/frames.js';

/** A frame to send. `id` and `name` are not sent: the vendor's own samples leave them out. */
export type OutgoingDveFrame =
  | Pick<DveTextFrame, 'kind' | 'text'>
  | Pick<DveAudioFrame, 'kind' | 'audio' | 'sampleRateHz' | 'channels'>
  | Pick<DveImageFrame, 'kind' | 'image' | 'width' | 'height' | 'format'>;

export interface EncodeFrameOptions {
  /** Number of the image member, 3 or more. Default 3. */
  readonly imageFieldNumber?: number;
}

const LENGTH_DELIMITED = 2;

/** Writes one binary message. */
export function encodeFrame(frame: OutgoingDveFrame, options: EncodeFrameOptions = {}): Uint8Array<ArrayBuffer> {
  const writer = protobuf.Writer.create();
  switch (frame.kind) {
    case 'text':
      // Half of a character pair is no UTF-8: the other side would refuse the message.
      return finish(dve.Frame.encode({ text: { text: frame.text.replace(/\p{Surrogate}/gu, '\ufffd') } }, writer));
    case 'audio':
      return finish(dve.Frame.encode({ audio: { audio: frame.audio, sampleRate: frame.sampleRateHz, numChannels: frame.channels } }, writer));
    case 'image': {
      // Tag and length by hand, since the number is not the generated code's to know.
      const fieldNumber = options.imageFieldNumber ?? DVE_MEMBER.image;
      writer.uint32(((fieldNumber << 3) | LENGTH_DELIMITED) >>> 0).fork();
      return finish(dve.ImageRawFrame.encode({ image: frame.image, size: [frame.width, frame.height], format: frame.format }, writer).ldelim());
    }
  }
}

/** A copy of its own: the library's writer hands out views into a pooled buffer. */
function finish(writer: protobuf.Writer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(writer.finish());
}
