import type { VoiceWire, WireReading } from '../../audio-socket/VoiceWire.js';
import type { Clock } from '../../clock/clock.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { encodeAudioFrame } from './codec/encodeAudioFrame.js';
import { readSpeech } from './codec/readSpeech.js';
import { createReplyGate } from './createReplyGate.js';
import { createSpeechUnpacker } from './createSpeechUnpacker.js';

export interface DveWireSettings {
  readonly vendor: 'dve';
  readonly replyGapMs: number;
}

const SAMPLE_RATE_HZ = 16_000;
const BYTES_PER_MS = (SAMPLE_RATE_HZ / 1000) * 2;
/** A minute of speech is 2 MB at 16 kHz. What is longer is refused by the service. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
const NOTHING: WireReading = { type: 'nothing' };

/** Sound as protobuf, both ways. The rest of a reply that nobody wants any more is dropped here. */
export function createDveWire({ replyGapMs }: DveWireSettings, clock: Clock): VoiceWire {
  const unpacker = createSpeechUnpacker();
  const gate = createReplyGate(clock, replyGapMs);

  function readBytes(data: ArrayBuffer): WireReading {
    const speech = data.byteLength > MAX_MESSAGE_BYTES ? null : readSpeech(new Uint8Array(data));
    if (!speech) return { type: 'message', data };
    if (speech.kind === 'interrupt') {
      gate.open();
      unpacker.reset();
      return { type: 'interrupt' };
    }
    const unpacked = gate.admit() ? unpacker.unpack(speech.frame) : null;
    return unpacked ? { type: 'speech', ...unpacked } : NOTHING;
  }

  return {
    bytesPerMs: BYTES_PER_MS,
    encodeAudio: (samples) => encodeAudioFrame(samples, SAMPLE_RATE_HZ),
    read(data) {
      if (typeof data === 'string') return { type: 'message', data };
      try {
        return readBytes(data);
      } catch (error) {
        if (AvatarError.isInstance(error)) return { type: 'error', error };
        throw error;
      }
    },
    interrupt() {
      gate.shut();
      unpacker.reset();
      return null;
    },
  };
}
