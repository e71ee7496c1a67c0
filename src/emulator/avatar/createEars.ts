import { createStreamConverter } from '../../dsp/createStreamConverter.js';
import type { Publication } from '../rooms/createRoom.js';
import type { HeardFrame, Webrtc } from '../webrtc/loadWebrtc.js';
import { createMixer } from './createMixer.js';

const SAMPLE_RATE_HZ = 16_000;

export interface EarsOptions {
  readonly webrtc: Webrtc;
  /** Takes what is heard, mixed: Int16Array [samples], mono, 16 kHz. */
  readonly onSound: (samples: Int16Array) => void;
  /** Nobody can be heard any more. */
  readonly onSoundEnd: () => void;
}

/** What an avatar hears of its room. No work is done while it listens to nobody. */
export interface Ears {
  /** Idempotent. */
  listenTo(publication: Publication): void;
  /** Idempotent. */
  forget(publication: Publication): void;
  close(): void;
}

/** Makes ears that listen to nobody yet. */
export function createEars({ webrtc, onSound, onSoundEnd }: EarsOptions): Ears {
  const stops = new Map<Publication, () => void>();
  const addInput = createMixer({ onSound, onEnd: onSoundEnd });

  function forget(publication: Publication): void {
    stops.get(publication)?.();
    stops.delete(publication);
  }

  return {
    forget,
    listenTo(publication) {
      if (publication.media !== 'audio' || stops.has(publication)) return;
      const input = addInput();
      const converter = createStreamConverter(SAMPLE_RATE_HZ);
      const sink = new webrtc.nonstandard.RTCAudioSink(publication.track);
      sink.ondata = (frame) => input.push(converter.convert(toMono(frame), frame.sampleRate));
      stops.set(publication, () => {
        sink.ondata = null;
        sink.stop();
        input.end();
      });
    },
    close() {
      for (const publication of [...stops.keys()]) forget(publication);
    },
  };
}

/** The mean of the channels. Copied in any case: the engine may use its buffer again. */
function toMono({ samples, channelCount }: HeardFrame): Int16Array {
  if (channelCount === 1) return samples.slice();
  return Int16Array.from({ length: Math.floor(samples.length / channelCount) }, (_, index) => {
    let sum = 0;
    for (let channel = 0; channel < channelCount; channel++) sum += samples[index * channelCount + channel] ?? 0;
    return sum / channelCount;
  });
}
