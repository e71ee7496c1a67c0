import { createMixdown } from '../dsp/createMixdown.js';
import { convertPcm } from '../dsp/convertPcm.js';
import { AvatarError } from '../errors/AvatarError.js';
import { openItems, type ItemSource } from '../streams/openItems.js';
import type { SpeakOptions, Speech } from './AvatarSession.js';
import { SERVICE_RATE_HZ, speechFormat, type SpeechFormat } from './speechFormat.js';
import { speechFromSamples } from './speechFromSamples.js';
import { speechFromStream } from './speechFromStream.js';
import { speechInvalid } from './speechInvalid.js';
import type { SpeechSource } from './SpeechSource.js';
import { speechFromText, speechFromTextStream, type SpeechText } from './speechText.js';

/** What a stream turned out to hold: samples, text, or nothing at all. */
export type OpenedSpeech = { readonly samples: SpeechSource } | { readonly text: SpeechText } | null;

/** One thing to be said, whatever its kind. */
export interface SpeechJob {
  /** False as long as a stream may still turn out to hold samples. */
  readonly isText: boolean;
  /** Begins to read it. Once, when its turn has come. */
  open(): Promise<OpenedSpeech>;
  /** Nothing more of it is wanted: its stream is told to stop. Idempotent. */
  cancel(): void;
}

/**
 * Makes a job of what an application gives to `speak()`.
 * @throws AvatarError `audio-invalid`, `invalid-options`
 */
export function speechJob(speech: Speech, options: SpeakOptions): SpeechJob {
  const format = speechFormat(options);
  if (speech instanceof Int16Array) {
    // At once: the caller may fill the same array again.
    const samples = toServiceRate(speech, format);
    return jobOf(async () => ({ samples: speechFromSamples(samples) }));
  }
  if (typeof speech === 'string') return { ...jobOf(async () => ({ text: speechFromText(speech) })), isText: true };
  if (typeof Blob !== 'undefined' && speech instanceof Blob) return fileJob(speech);
  const items = open(speech);
  if (!items) throw speechInvalid(speech, 'speak() was given');
  return streamJob(items, format);
}

function fileJob(file: Blob): SpeechJob {
  // Decoded while it waits for its turn. Most applications say no files, so they do not load what reads them.
  const decoded = import('../audio/decodeSpeechFile.js').then(({ decodeSpeechFile }) => decodeSpeechFile(file, SERVICE_RATE_HZ));
  decoded.catch(() => undefined); // whoever opens it hears of it
  return jobOf(async () => ({ samples: speechFromSamples(await decoded) }));
}

function streamJob(items: ItemSource, format: SpeechFormat): SpeechJob {
  let isText = false;
  return {
    get isText() {
      return isText;
    },
    async open() {
      const { done, value: first } = await items.next();
      if (done) return null;
      if (first instanceof Int16Array) return { samples: speechFromStream({ items, first, format }) };
      if (typeof first !== 'string') throw speechInvalid(first, 'The stream gave');
      isText = true;
      return { text: speechFromTextStream(items, first) };
    },
    cancel: () => items.cancel(),
  };
}

function jobOf(opening: SpeechJob['open']): SpeechJob {
  return { isText: false, open: opening, cancel: () => undefined };
}

function open(stream: unknown): ItemSource | null {
  try {
    return openItems(stream);
  } catch (cause) {
    throw new AvatarError('audio-invalid', { message: 'speak() was given a stream that somebody else reads already. Give it one of its own, such as one of tee().', cause });
  }
}

function toServiceRate(samples: Int16Array, { sampleRateHz, channels }: SpeechFormat): Int16Array {
  if (samples.length % channels !== 0) {
    throw new AvatarError('audio-invalid', { message: `speak() was given ${samples.length} samples as stereo, which is half a frame too many. Are they mono? Then leave channels out.` });
  }
  return convertPcm(createMixdown(channels)(samples), sampleRateHz, SERVICE_RATE_HZ);
}
