import { AvatarError } from '../errors/AvatarError.js';

/** What a WAV file holds. */
export interface WavContent {
  /** PCM s16le, interleaved; a view of the file. May end within a sample. */
  readonly data: Uint8Array;
  readonly sampleRateHz: number;
  readonly channels: number;
}

const CHUNK_HEADER_BYTES = 8;
const RIFF_HEADER_BYTES = 12;
const FMT_BYTES = 16;
const FORMAT_PCM = 1;
const FORMAT_EXTENSIBLE = 0xfffe;
/** Where the real format stands in an extensible header. */
const SUBFORMAT_OFFSET = 24;
const STREAMED_SIZE = 0xffff_ffff;

/**
 * Finds the samples in a WAV file by walking its chunks, since a header need not be 44 bytes long.
 *
 * A streamed file, whose size was not known when its header was written, says 0 or 0xFFFFFFFF: all the rest is then data.
 * A file that was cut off gives what is there.
 *
 * @param file - the whole file.
 * @returns null when it is no WAV file at all, and so may be bare samples.
 * @throws AvatarError `audio-invalid` when its samples are not 16-bit PCM.
 * @see https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html
 */
export function readWav(file: Uint8Array): WavContent | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.byteLength < RIFF_HEADER_BYTES || tagAt(file, 0) !== 'RIFF' || tagAt(file, 8) !== 'WAVE') return null;
  let sampleRateHz = 0;
  let channels = 0;
  for (let start = RIFF_HEADER_BYTES; start + CHUNK_HEADER_BYTES <= file.byteLength; ) {
    const tag = tagAt(file, start);
    const size = view.getUint32(start + 4, true);
    const body = start + CHUNK_HEADER_BYTES;
    if (tag === 'fmt ' && size >= FMT_BYTES && body + FMT_BYTES <= file.byteLength) {
      checkFormat(view, body, size);
      channels = view.getUint16(body + 2, true);
      sampleRateHz = view.getUint32(body + 4, true);
    }
    if (tag === 'data') return { data: file.subarray(body, endOfData(view, body, size)), sampleRateHz, channels };
    start = body + size + (size % 2); // chunks begin at even offsets
  }
  return { data: file.subarray(file.byteLength), sampleRateHz, channels };
}

function endOfData(view: DataView, body: number, size: number): number {
  // A finished file may really be empty: its RIFF size is then exact, where a streamed one has a placeholder.
  const isFinished = view.getUint32(4, true) === view.byteLength - CHUNK_HEADER_BYTES;
  const isStreamed = size === STREAMED_SIZE || (size === 0 && !isFinished);
  return isStreamed ? view.byteLength : Math.min(view.byteLength, body + size);
}

function checkFormat(view: DataView, body: number, size: number): void {
  const declared = view.getUint16(body, true);
  const hasSubformat = declared === FORMAT_EXTENSIBLE && size >= SUBFORMAT_OFFSET + 2 && body + SUBFORMAT_OFFSET + 2 <= view.byteLength;
  const format = hasSubformat ? view.getUint16(body + SUBFORMAT_OFFSET, true) : declared;
  const bits = view.getUint16(body + 14, true);
  if (format === FORMAT_PCM && bits === 16) return;
  throw new AvatarError('audio-invalid', {
    message: `A WAV file holds samples of ${bits} bits in format ${format}; only 16-bit PCM can be read.`,
    context: { format, bits },
  });
}

function tagAt(file: Uint8Array, offset: number): string {
  return String.fromCharCode(...file.subarray(offset, offset + 4));
}
