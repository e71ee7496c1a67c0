import { DVE_INTERRUPT, DVE_MEMBER, type DveAudioFrame } from './frame.js';
import { readFields, type WireField } from './readFields.js';

/** What a Worker has to understand of a message at once. */
export type DveSpeech = { readonly kind: 'audio'; readonly frame: Pick<DveAudioFrame, 'audio' | 'sampleRateHz' | 'channels'> } | { readonly kind: 'interrupt' };

const TEXT = 3;
const AUDIO = 3;
const SAMPLE_RATE = 4;
const CHANNELS = 5;

/**
 * Reads a message of speech, or the order to fall silent, without a library behind it. Null for everything else: `decodeFrame` reads
 * that, and says what is wrong with it.
 *
 * @param bytes - is kept: the frame's audio is a view of it.
 */
export function readSpeech(bytes: Uint8Array): DveSpeech | null {
  // A message holds one member; should it hold several, the last one counts.
  const member = readFields(bytes)?.findLast(({ number, bytes: content }) => content || number > DVE_MEMBER.audio);
  if (!member?.bytes) return null;
  const fields = readFields(member.bytes);
  if (!fields) return null;
  if (member.number === DVE_MEMBER.audio) return readAudio(fields);
  if (member.number === DVE_MEMBER.text) return readInterrupt(fields);
  return null;
}

function readAudio(fields: readonly WireField[]): DveSpeech | null {
  let audio = new Uint8Array();
  let sampleRateHz = 0;
  let channels = 0;
  for (const { number, bytes, value } of fields) {
    if (number === AUDIO && bytes) audio = bytes;
    else if (number === SAMPLE_RATE && value !== null) sampleRateHz = value;
    else if (number === CHANNELS && value !== null) channels = value;
  }
  return { kind: 'audio', frame: { audio, sampleRateHz, channels } };
}

function readInterrupt(fields: readonly WireField[]): DveSpeech | null {
  const text = fields.findLast(({ number, bytes }) => number === TEXT && bytes)?.bytes;
  if (text?.length !== DVE_INTERRUPT.length) return null;
  return String.fromCharCode(...text) === DVE_INTERRUPT ? { kind: 'interrupt' } : null;
}
