import type { VoiceWire } from '../../audio-socket/VoiceWire.js';
import { createMessages } from './createMessages.js';

export interface AkoolWireSettings {
  readonly vendor: 'akool-streaming';
}

/** One millisecond of PCM as base64. */
const BYTES_PER_MS = (16 * 2 * 4) / 3;

/** Sound as base64 in JSON. Nothing comes back but messages. */
export function createAkoolWire(): VoiceWire {
  const messages = createMessages();
  return {
    bytesPerMs: BYTES_PER_MS,
    encodeAudio: (samples) => JSON.stringify(messages.audio(samples)),
    read: (data) => ({ type: 'message', data }),
    interrupt() {
      const message = messages.interrupt();
      return { id: message.mid, data: JSON.stringify(message) };
    },
  };
}
