import { MIC_FRAME_SAMPLES } from '../dsp/micFrame.js';
import type { AvatarError } from '../errors/AvatarError.js';
import { createScriptedMicrophone, type ScriptedMicrophone } from './createScriptedMicrophone.js';

/** A microphone that behaves: it is silent while off or muted, and says what it is given. */
export interface FakeMicrophone extends ScriptedMicrophone {
  /**
   * Delivers samples as 10 ms frames: Int16Array [n x 160], mono, 16 kHz.
   * @param reference what the avatar plays at the same time, as many samples; silence when left out.
   */
  say(samples: Int16Array, reference?: Int16Array): void;
  /** Delivers one frame of a constant level, 0 to 1. */
  sayLevel(rms: number): void;
  /** Ends the device as if it had been pulled out. */
  fail(error: AvatarError): void;
}

export interface FakeMicrophoneOptions {
  /** `start()` rejects with this. */
  readonly refusal?: AvatarError;
}

/** Makes a fake microphone that is off. */
export function createFakeMicrophone({ refusal }: FakeMicrophoneOptions = {}): FakeMicrophone {
  const scripted = createScriptedMicrophone();
  const fail = (error: AvatarError) => scripted.push({ status: 'failed', error });
  let sequence = 0;

  function deliver(samples: Int16Array, reference: Int16Array, rms: number): void {
    const { status, muted } = scripted.getSnapshot();
    if (status !== 'on') return;
    if (!muted) scripted.emitFrame({ samples, reference, sequence, rms, peak: rms });
    scripted.emitLevel(muted ? 0 : rms);
    sequence++;
  }

  return {
    ...scripted,
    get listenerCount() {
      return scripted.listenerCount;
    },
    async start() {
      if (!refusal) return scripted.start();
      fail(refusal);
      throw refusal;
    },
    fail,
    say(samples, reference = new Int16Array(samples.length)) {
      for (let start = 0; start + MIC_FRAME_SAMPLES <= samples.length; start += MIC_FRAME_SAMPLES) {
        const frame = samples.slice(start, start + MIC_FRAME_SAMPLES);
        deliver(frame, reference.slice(start, start + MIC_FRAME_SAMPLES), Math.sqrt(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length) / 32768);
      }
    },
    sayLevel: (rms) => deliver(new Int16Array(MIC_FRAME_SAMPLES).fill(Math.round(rms * 32767)), new Int16Array(MIC_FRAME_SAMPLES), rms),
  };
}
