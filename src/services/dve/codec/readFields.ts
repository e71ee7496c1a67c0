/** One field of a protobuf message. */
export interface WireField {
  readonly number: number;
  /** Content of a length-delimited field, a view of the message; null for the others. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  /** Lower 32 bits of a varint; null for the others. */
  readonly value: number | null;
}

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;
/** No varint is longer. */
const MAX_VARINT_BYTES = 10;
/** More than any real message has; a hostile one of a million empty fields is for the library to judge. */
const MAX_FIELDS = 64;

/**
 * The fields of a message, in order. Null when it is damaged, or holds what nobody has sent in twenty years (groups).
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function readFields(message: Uint8Array): readonly WireField[] | null {
  const fields: WireField[] = [];
  let at = 0;
  let damaged = false;

  function varint(): number {
    let low = 0;
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      const byte = message[at++];
      if (byte === undefined) break;
      if (i < 5) low |= (byte & 127) << (7 * i);
      if (byte < 128) return low >>> 0;
    }
    damaged = true;
    return 0;
  }

  while (at < message.length && !damaged) {
    const key = varint();
    const number = key >>> 3;
    let bytes: WireField['bytes'] = null;
    let value: number | null = null;
    switch (key & 7) {
      case VARINT:
        value = varint();
        break;
      case LENGTH_DELIMITED: {
        const length = varint();
        if (damaged || length > message.length - at) return null;
        // A socket's messages are ArrayBuffers; a view of shared memory never comes here.
        bytes = new Uint8Array(message.buffer as ArrayBuffer, message.byteOffset + at, length); // as said above
        at += length;
        break;
      }
      case FIXED_32:
      case FIXED_64:
        at += (key & 7) === FIXED_32 ? 4 : 8;
        break;
      default:
        return null;
    }
    if (damaged || at > message.length || number === 0 || fields.length === MAX_FIELDS) return null;
    fields.push({ number, bytes, value });
  }
  return damaged ? null : fields;
}
