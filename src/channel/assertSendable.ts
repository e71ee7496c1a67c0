import { AvatarError } from '../errors/AvatarError.js';

/** A data message of a room holds at most this much. */
const MAX_MESSAGE_BYTES = 1024;

/**
 * Agora's SDK takes such messages for its own peer-to-peer signalling: they never reach `stream-message`.
 *
 * @see agora-rtc-react 2.5.1, which carries SDK 4.24.2: `handleDataStream`
 */
const SIGNALLING_TYPES: ReadonlySet<unknown> = new Set([
  'call', 'candidate', 'publish', 'unpublish', 'control', 'restart_ice', 'ack', 'response', 'join', 'check',
]);

/**
 * Refuses a data message that would not arrive.
 *
 * @throws AvatarError `message-too-large`, `message-invalid`
 */
export function assertSendable(payload: Uint8Array<ArrayBuffer>): void {
  if (payload.length > MAX_MESSAGE_BYTES) {
    throw new AvatarError('message-too-large', {
      message: `A data message holds at most ${MAX_MESSAGE_BYTES} bytes; this one has ${payload.length}. Send it in parts.`,
      context: { bytes: payload.length },
    });
  }
  const object = readObject(payload);
  if (!object) return;
  if ('total' in object && 'id' in object) {
    throw new AvatarError('message-invalid', {
      message: 'Agora takes a JSON message with both "total" and "id" for its own signalling and delivers it to nobody. Rename one of the two.',
    });
  }
  if ('_type' in object && SIGNALLING_TYPES.has(object._type)) {
    throw new AvatarError('message-invalid', {
      message: `Agora takes a JSON message with the "_type" ${JSON.stringify(object._type)} for its own signalling and delivers it to nobody. Use another name.`,
    });
  }
}

function readObject(payload: Uint8Array<ArrayBuffer>): object | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(payload));
    return typeof value === 'object' ? value : null;
  } catch {
    return null; // not JSON: the SDK passes it on
  }
}
