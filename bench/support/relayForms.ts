/** Audio messages of one vendor, as our client sends them. */
export interface RelayForm {
  readonly name: string;
  readonly target: 'akool-streaming' | 'dve';
  /** How much speech is in a message: a session sends one each time so much has passed. */
  readonly messageMs: number;
  /** A message as one masked frame, with room for a stamp. */
  readonly frame: Buffer;
  /** Where in the frame the stamp is, which is `STAMP_CHARS` long. */
  readonly stampAt: number;
}

/** Number of the message in its session, then when it was sent in microseconds: hex digits, which base64 may hold. */
const NUMBER_CHARS = 8;
const TIME_CHARS = 12;
const STAMP_CHARS = NUMBER_CHARS + TIME_CHARS;
/** Length of up to 65,535 bytes, and the key. */
const HEADER_BYTES = 8;

/** Any key serves: browsers choose one at random for each frame, and what it is changes nothing in the work. */
const KEY = Buffer.of(0x5a, 0xc3, 0x17, 0x88);

export function akoolForm(): RelayForm {
  const messageMs = 64;
  const audio = Buffer.alloc(16 * messageMs * 2, 0x5a).toString('base64');
  const text = JSON.stringify({ v: 2, type: 'chat', mid: 'audio-1790000000000-1234', pld: { audio } });
  return form('Akool, 64 ms in base64', 'akool-streaming', messageMs, 1, Buffer.from(text), text.indexOf(audio));
}

/** @param messageMs 10 to 32. */
export function dveForm(messageMs: number): RelayForm {
  const sound = Buffer.alloc(16 * messageMs * 2, 0x5a);
  // AudioRawFrame with its audio, sample rate and channels, inside the Frame.
  const audio = Buffer.concat([tagged(0x1a, sound), Buffer.of(0x20, 0x80, 0x7d, 0x28, 0x01)]);
  const message = tagged(0x12, audio);
  return form(`DVE, ${messageMs} ms in binary`, 'dve', messageMs, 2, message, message.length - sound.length - 5);
}

/** A member of bytes as protobuf has it. */
function tagged(tag: number, bytes: Buffer): Buffer {
  const { length } = bytes;
  return Buffer.concat([length < 128 ? Buffer.of(tag, length) : Buffer.of(tag, (length & 0x7f) | 0x80, length >> 7), bytes]);
}

function form(name: string, target: RelayForm['target'], messageMs: number, opcode: number, payload: Buffer, stampInPayload: number): RelayForm {
  const frame = Buffer.alloc(HEADER_BYTES + payload.length);
  frame.set([0x80 | opcode, 0x80 | 126, payload.length >> 8, payload.length & 0xff, ...KEY]);
  payload.forEach((byte, at) => (frame[HEADER_BYTES + at] = byte ^ (KEY[at & 3] ?? 0)));
  return { name, target, messageMs, frame, stampAt: HEADER_BYTES + stampInPayload };
}

/** A message of its own. */
export function stampedFrame({ frame, stampAt }: RelayForm, number: number, timeUs: number): Buffer {
  const stamped = Buffer.allocUnsafe(frame.length);
  frame.copy(stamped);
  const stamp = number.toString(16).padStart(NUMBER_CHARS, '0') + Math.floor(timeUs).toString(16).padStart(TIME_CHARS, '0');
  for (let at = 0; at < STAMP_CHARS; at += 1) stamped[stampAt + at] = stamp.charCodeAt(at) ^ (KEY[(stampAt - HEADER_BYTES + at) & 3] ?? 0);
  return stamped;
}

/** Reads the stamp of a frame, whose key may be another by now. */
export function readStamp({ stampAt }: RelayForm, bytes: Buffer, start: number): { readonly number: number; readonly timeUs: number } {
  const digits = (from: number, count: number): number => {
    let value = 0;
    for (let at = from; at < from + count; at += 1) {
      const code = (bytes[start + at] ?? 0) ^ (bytes[start + 4 + ((at - HEADER_BYTES) & 3)] ?? 0);
      value = value * 16 + (code < 0x40 ? code - 0x30 : code - 0x57);
    }
    return value;
  };
  return { number: digits(stampAt, NUMBER_CHARS), timeUs: digits(stampAt + NUMBER_CHARS, TIME_CHARS) };
}
