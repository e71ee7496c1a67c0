import type { Clock } from '../clock/clock.js';
import type { AvatarError } from '../errors/AvatarError.js';

/** How one vendor puts sound into messages and takes it out of them. It runs wherever the socket is, and knows nothing of the page. */
export interface VoiceWire {
  /** Bytes that a millisecond of sound takes. */
  readonly bytesPerMs: number;
  /** @param samples Int16Array [samples], mono, 16 kHz; copied */
  encodeAudio(samples: Int16Array): string | Uint8Array<ArrayBuffer>;
  /** Understands a message as far as it concerns sound. */
  read(data: string | ArrayBuffer): WireReading;
  /**
   * Nothing more of the present reply is wanted.
   * @returns the message that says so, once; null where the vendor cannot be told.
   */
  interrupt(): WireCommand | null;
}

/** A message that has a name of its own, by which the vendor acknowledges it. */
export interface WireCommand {
  readonly id: string;
  readonly data: string;
}

export type WireReading =
  /** No sound: the service reads it. */
  | { readonly type: 'message'; readonly data: string | ArrayBuffer }
  /** Int16Array [samples], mono. */
  | { readonly type: 'speech'; readonly samples: Int16Array; readonly sampleRateHz: number }
  /** The vendor heard the user begin to speak: everything up to now must fall silent. */
  | { readonly type: 'interrupt' }
  | { readonly type: 'error'; readonly error: AvatarError }
  /** Of no concern to anybody. */
  | { readonly type: 'nothing' };

/** Makes the wire of a connection. `Settings` can be cloned, for a Worker is given no functions. */
export type CreateVoiceWire<Settings> = (settings: Settings, clock: Clock) => VoiceWire;
