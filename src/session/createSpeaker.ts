import { anySignal } from '../clock/anySignal.js';
import type { Clock } from '../clock/clock.js';
import { createDeferred } from '../clock/createDeferred.js';
import { AvatarError } from '../errors/AvatarError.js';
import type { PcmFormat, SpeechLine } from '../services/service.js';
import { abortable } from '../streams/abortable.js';
import type { SpeakOptions, SpeakResult, Speech } from './AvatarSession.js';
import type { AudioSink } from './createMicrophoneUplink.js';
import { speakPaced } from './speakPaced.js';
import { speechJob, type SpeechJob } from './speechJob.js';
import type { SpeechSource } from './SpeechSource.js';
import type { SpeechText } from './speechText.js';

/** Says what the application gives it, one after the other. */
export interface Speaker {
  speak(speech: Speech, options: SpeakOptions): Promise<SpeakResult>;
  /** Cuts short what is being said and drops what waits behind it. */
  cancel(): void;
  readonly speaking: boolean;
}

/** What takes speech; one with a null format takes none. */
export type SpeechSink = AudioSink & { readonly inputFormat?: PcmFormat | null; readonly speech?: SpeechLine };

export interface SpeakerOptions {
  readonly clock: Clock;
  readonly connection: () => SpeechSink | null;
  /** Says text in the service's own voice; null where none has one just now. */
  readonly sayText: () => ((text: AsyncIterable<string>, options: { readonly signal: AbortSignal }) => Promise<void>) | null;
  /** Resolves when what the service has said so far is on its way: samples must not overtake it. */
  readonly whenSent?: () => Promise<void> | undefined;
  readonly onChange: (speaking: boolean) => void;
}

/** Makes a silent speaker. */
export function createSpeaker({ clock, connection, sayText, whenSent, onChange }: SpeakerOptions): Speaker {
  /** Resolves when all has been said that was to be said before. */
  let queue: Promise<void> = Promise.resolve();
  let waiting = 0;
  let cancellation = new AbortController();

  async function saySamples(speech: SpeechSource, stop: AbortSignal): Promise<SpeakResult> {
    if (connection()?.inputFormat === null) throw notReady('This avatar hears through its room alone and takes no samples. Give it text.');
    /** Of every connection that it went through: one may be lost in the middle of it. */
    const lines = new Set<SpeechLine>();
    const send = (samples: Int16Array) => {
      const target = connection();
      if (!target?.speech) return target?.sendAudio(samples) ?? null;
      lines.add(target.speech);
      return target.speech.send(samples);
    };
    const flush = () => connection()?.flushAudio();
    const result = await speakPaced({ speech, clock, signal: stop, send, flush });
    // The last words must not wait for a chunk that never fills.
    if (!result.interrupted) flush();
    let droppedMs = 0;
    for (const line of lines) droppedMs += await line.settle();
    return droppedMs > 0 ? { ...result, sentMs: Math.max(0, Math.round((result.sentMs ?? 0) - droppedMs)) } : result;
  }

  async function sayWords(speech: SpeechText, stop: AbortSignal): Promise<SpeakResult> {
    const say = sayText();
    if (!say) throw noVoice();
    const signal = anySignal([stop, speech.failed]);
    try {
      await abortable(say(speech.text, { signal }), signal);
      await abortable(Promise.resolve(whenSent?.()), signal);
    } catch (error) {
      if (!stop.aborted) throw speech.failure ? speech.failure.error : error;
    }
    if (speech.failure && !stop.aborted) throw speech.failure.error;
    return { interrupted: stop.aborted, sentMs: null };
  }

  async function say(job: SpeechJob, before: Promise<void>, stop: AbortSignal): Promise<SpeakResult> {
    try {
      await abortable(before, stop);
      const opened = await abortable(job.open(), stop);
      if (opened === null) return { interrupted: false, sentMs: 0 };
      return await ('text' in opened ? sayWords(opened.text, stop) : saySamples(opened.samples, stop));
    } catch (error) {
      if (stop.aborted) return { interrupted: true, sentMs: job.isText ? null : 0 };
      throw error;
    } finally {
      job.cancel();
    }
  }

  return {
    get speaking() {
      return waiting > 0;
    },
    async speak(speech, options) {
      const job = speechJob(speech, options);
      if (job.isText && !sayText()) throw noVoice();
      const stop = options.signal ? anySignal([cancellation.signal, options.signal]) : cancellation.signal;
      const before = queue;
      const said = createDeferred();
      queue = before.then(() => said.promise);
      if (++waiting === 1) onChange(true);
      try {
        return await say(job, before, stop);
      } finally {
        said.resolve();
        if (--waiting === 0) onChange(false);
      }
    },
    cancel() {
      cancellation.abort();
      cancellation = new AbortController();
    },
  };
}

function noVoice(): AvatarError {
  return notReady('No service of this session can say text now. pipeline() can, and a hosted avatar in its retelling mode; others take samples.');
}

function notReady(message: string): AvatarError {
  return new AvatarError('not-ready', { message });
}
