import { AvatarError } from '../../errors/AvatarError.js';
import { AKOOL_LIVE_LIMITS, type AkoolLiveClientMessage } from './messages.js';

export interface EncodeChatOptions {
  /** Shared by all parts; new for every text. */
  readonly mid: string;
  /** Bytes that one data message may have. Default 950. */
  readonly maxMessageBytes?: number;
}

/** Stands in JSON as it is, one byte long. Most of a text does, and a long one is cut on the page's main thread. */
const PLAIN = /^[ !#-[\]-~]$/;
/** A part that is still open has a place for the longest of what closes it. */
const LONGEST_FIN = false;

/**
 * Cuts a text into data messages, each as full as it may be. No part ends inside a code point, and only the last has `fin`.
 *
 * A lone surrogate, which UTF-8 cannot carry, travels as an escape of JSON.
 *
 * @returns the encoded parts, in order.
 * @throws AvatarError `invalid-options` for an empty text, `message-too-large` when not even one character fits.
 */
export function encodeChat(text: string, { mid, maxMessageBytes = AKOOL_LIVE_LIMITS.maxMessageBytes }: EncodeChatOptions): readonly Uint8Array<ArrayBuffer>[] {
  if (text === '') throw new AvatarError('invalid-options', { message: 'There is no text to send. Give at least one character.' });
  const encoder = new TextEncoder();
  const encode = (part: AkoolLiveClientMessage) => encoder.encode(JSON.stringify(part));
  const partOf = (idx: number, fin: boolean, piece: string): AkoolLiveClientMessage => ({ v: 2, type: 'chat', mid, idx, fin, pld: { text: piece } });

  const pieces: string[] = [];
  const roomOf = (idx: number) => maxMessageBytes - encode(partOf(idx, LONGEST_FIN, '')).byteLength;
  let piece = '';
  let room = roomOf(0);
  for (const character of text) {
    // What it is inside the quotes, since an escape is up to six bytes long.
    const bytes = PLAIN.test(character) ? 1 : encoder.encode(JSON.stringify(character)).byteLength - 2;
    if (bytes > room && piece !== '') {
      pieces.push(piece);
      piece = '';
      room = roomOf(pieces.length);
    }
    if (bytes > room) {
      throw new AvatarError('message-too-large', {
        message: `A data message of ${maxMessageBytes} bytes has no room for a character of the text. Shorten the mid or raise maxMessageBytes.`,
        context: { maxMessageBytes },
      });
    }
    piece += character;
    room -= bytes;
  }
  pieces.push(piece);
  return pieces.map((value, idx) => encode(partOf(idx, idx === pieces.length - 1, value)));
}
