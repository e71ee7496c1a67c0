import protobuf from 'protobufjs/minimal.js';
import { AvatarError } from '../../../errors/AvatarError.js';
import { DVE_MEMBER, type DveAudioFrame, type DveFrame, type DveImageFrame, type DveTextFrame } from './frame.js';
import { dve } from './generated/frames.js';

/** A minute of speech is 2 MB at 16 kHz. */
const MAX_FRAME_BYTES = 4 * 1024 * 1024;
const LENGTH_DELIMITED = 2;

/**
 * Reads one binary message.
 *
 * Unknown fields and members are skipped. A message holds one member; should it hold several, the last one counts.
 * The number of the image member is not certain, so any unknown member that has the structure of an image is one.
 *
 * @param bytes - is not kept, nor is it written to; the frame's own bytes are copies.
 * @throws AvatarError `message-invalid` when it is damaged, `message-too-large` over 4 MiB.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function decodeFrame(bytes: Uint8Array): DveFrame {
  if (bytes.byteLength > MAX_FRAME_BYTES) {
    throw new AvatarError('message-too-large', {
      message: `A message of ${bytes.byteLength} bytes came from the voice service; more than ${MAX_FRAME_BYTES} are not read.`,
      context: { bytes: bytes.byteLength },
    });
  }
  try {
    return readMembers(bytes);
  } catch (cause) {
    throw new AvatarError('message-invalid', {
      message: 'The voice service sent a message that is damaged or no protobuf; it was skipped.',
      cause,
      context: { bytes: bytes.byteLength },
    });
  }
}

/**
 * The outer message is walked by hand: the generated decoder would take what a newer server has at number 3 for a damaged image.
 * @throws whatever the library throws on damage
 */
function readMembers(bytes: Uint8Array): DveFrame {
  // Never the library's reader of Node Buffers: it hands out views into memory that the socket may use again.
  const reader = new protobuf.Reader(bytes);
  let frame: DveFrame = { kind: 'unknown', fieldNumber: null };
  while (reader.pos < reader.len) {
    const tag = reader.tag();
    const fieldNumber = tag >>> 3;
    const wireType = tag & 7;
    if (wireType !== LENGTH_DELIMITED) {
      reader.skipType(wireType);
      if (fieldNumber > DVE_MEMBER.audio) frame = { kind: 'unknown', fieldNumber };
      continue;
    }
    const length = reader.size();
    const start = reader.pos;
    reader.skip(length);
    frame = readMember(fieldNumber, bytes.subarray(start, start + length));
  }
  return frame;
}

function readMember(fieldNumber: number, bytes: Uint8Array): DveFrame {
  const reader = new protobuf.Reader(bytes);
  if (fieldNumber === DVE_MEMBER.text) return textFrame(dve.TextFrame.decode(reader));
  if (fieldNumber === DVE_MEMBER.audio) return audioFrame(dve.AudioRawFrame.decode(reader));
  try {
    return imageFrame(dve.ImageRawFrame.decode(reader)) ?? { kind: 'unknown', fieldNumber };
  } catch {
    return { kind: 'unknown', fieldNumber }; // Not an image, then; what it is instead is not ours to judge.
  }
}

function textFrame({ id, name, text }: dve.TextFrame): DveTextFrame {
  return { kind: 'text', id: toBigInt(id), name, text };
}

function audioFrame({ id, name, audio, sampleRate, numChannels }: dve.AudioRawFrame): DveAudioFrame {
  return { kind: 'audio', id: toBigInt(id), name, audio: Uint8Array.from(audio), sampleRateHz: sampleRate, channels: numChannels };
}

/** Null when it does not look like an image. */
function imageFrame({ id, name, image, size, format }: dve.ImageRawFrame): DveImageFrame | null {
  const [width, height] = size;
  if (image.length === 0 || size.length !== 2 || !width || !height || format === '') return null;
  return { kind: 'image', id: toBigInt(id), name, image: Uint8Array.from(image), width, height, format };
}

/** The library gives a Long where the package `long` is at hand. A number would lose what is above 2^53. */
function toBigInt(id: dve.TextFrame['id']): bigint {
  return typeof id === 'number' ? BigInt(id) : (BigInt(id.high >>> 0) << 32n) | BigInt(id.low >>> 0);
}
