import { readWav } from '../../dsp/readWav.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { DveAudioFrame } from './codec/frame.js';

/** Speech as a session takes it: Int16Array [samples], mono. */
export interface UnpackedSpeech {
  readonly samples: Int16Array;
  readonly sampleRateHz: number;
}

export interface SpeechUnpacker {
  /**
   * @returns null when the frame holds no whole sample.
   * @throws AvatarError `audio-invalid` when it is none that can be played.
   */
  unpack(frame: Pick<DveAudioFrame, 'audio' | 'sampleRateHz' | 'channels'>): UnpackedSpeech | null;
  /** Forgets the half of a sample that waits for its other half: what follows belongs to another turn. */
  reset(): void;
}

/** What the vendor's samples play at when nothing else is said. */
const DEFAULT_RATE_HZ = 16_000;
const MAX_CHANNELS = 8;
const BYTES_PER_SAMPLE = 2;

/** Turns frames, each a WAV file or bare PCM, into one stream of mono samples. */
export function createSpeechUnpacker(): SpeechUnpacker {
  /** Bytes of a sample that the last frame has begun. */
  let carried = new Uint8Array();
  let carriedChannels = 0;

  return {
    unpack({ audio, sampleRateHz, channels }) {
      const wav = readWav(audio);
      // The frame goes first, as in the vendor's own client, which never looks into the header.
      const rateHz = sampleRateHz || wav?.sampleRateHz || DEFAULT_RATE_HZ;
      const channelCount = channels || wav?.channels || 1;
      checkLayout(rateHz, channelCount);
      const data = wav?.data ?? audio;
      const kept = carriedChannels === channelCount ? carried : new Uint8Array();
      const bytes = new Uint8Array(kept.length + data.length);
      bytes.set(kept);
      bytes.set(data, kept.length);
      const frameCount = Math.floor(bytes.length / (BYTES_PER_SAMPLE * channelCount));
      const usedBytes = frameCount * BYTES_PER_SAMPLE * channelCount;
      carried = bytes.slice(usedBytes);
      carriedChannels = channelCount;
      if (frameCount === 0) return null;
      return { samples: mixDown(new Int16Array(bytes.buffer, 0, frameCount * channelCount), channelCount), sampleRateHz: rateHz };
    },
    reset() {
      carried = new Uint8Array();
    },
  };
}

function checkLayout(sampleRateHz: number, channels: number): void {
  if (sampleRateHz >= 1_000 && sampleRateHz <= 768_000 && channels <= MAX_CHANNELS) return;
  throw new AvatarError('audio-invalid', {
    message: `The voice service sent speech at ${sampleRateHz} Hz with ${channels} channels, which cannot be played; it was skipped.`,
    context: { sampleRateHz, channels },
  });
}

/** Int16Array [samples * channels], interleaved, to mono. */
function mixDown(interleaved: Int16Array, channels: number): Int16Array {
  if (channels === 1) return interleaved;
  const mono = new Int16Array(interleaved.length / channels);
  for (let i = 0; i < mono.length; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += interleaved[i * channels + c] ?? 0;
    mono[i] = Math.round(sum / channels);
  }
  return mono;
}
