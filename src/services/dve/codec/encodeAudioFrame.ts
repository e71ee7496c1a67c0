/** Keys of protobuf: field number * 8 + wire type. */
const FRAME_AUDIO = 0x12;
const AUDIO_BYTES = 0x1a;
const AUDIO_SAMPLE_RATE = 0x20;
const AUDIO_CHANNELS = 0x28;

/**
 * Writes a message with the microphone's sound, mono. The same bytes as `encodeFrame` writes, without a library behind it: it runs
 * thirty times a second, and in a Worker whose script is to stay small.
 *
 * @param samples - Int16Array [samples], little-endian as every platform that runs a browser stores them
 */
export function encodeAudioFrame(samples: Int16Array, sampleRateHz: number): Uint8Array<ArrayBuffer> {
  const audioBytes = samples.byteLength;
  const tailBytes = 1 + varintBytes(sampleRateHz) + 2;
  const bodyBytes = (audioBytes > 0 ? 1 + varintBytes(audioBytes) + audioBytes : 0) + tailBytes;
  const message = new Uint8Array(1 + varintBytes(bodyBytes) + bodyBytes);
  message[0] = FRAME_AUDIO;
  let at = putVarint(message, 1, bodyBytes);
  if (audioBytes > 0) {
    message[at++] = AUDIO_BYTES;
    at = putVarint(message, at, audioBytes);
    message.set(new Uint8Array(samples.buffer, samples.byteOffset, audioBytes), at);
    at += audioBytes;
  }
  message[at++] = AUDIO_SAMPLE_RATE;
  at = putVarint(message, at, sampleRateHz);
  message[at++] = AUDIO_CHANNELS;
  message[at] = 1;
  return message;
}

function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes++;
  return bytes;
}

/** @returns where the next byte goes. */
function putVarint(target: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  for (; rest > 127; rest >>>= 7) target[at++] = (rest & 127) | 128;
  target[at++] = rest;
  return at;
}
