import { AvatarError } from '../../errors/AvatarError.js';

/** `_type` values by which Agora's SDK takes a data message for its own signalling. */
const SIGNALLING_TYPES = new Set(['call', 'candidate', 'publish', 'unpublish', 'control', 'restart_ice', 'ack', 'response', 'join', 'check']);

/** True for a data message that Agora's browser SDK keeps to itself, so that no page ever sees it. */
function isSwallowed(payload: Uint8Array): boolean {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return false; // What is not JSON is passed on.
  }
  if (typeof value !== 'object' || value === null) return false;
  const type = '_type' in value ? value._type : undefined;
  return ('total' in value && 'id' in value) || (typeof type === 'string' && SIGNALLING_TYPES.has(type));
}

/**
 * Refuses what the channel would refuse or lose.
 *
 * @throws AvatarError `message-too-large`, or `message-invalid` for keys that Agora's SDK swallows.
 */
export function checkPayload(payload: Uint8Array, maxMessageBytes: number): void {
  if (payload.byteLength > maxMessageBytes) {
    throw new AvatarError('message-too-large', {
      message: `A data message has ${payload.byteLength} bytes and the channel carries ${maxMessageBytes}. Send it in parts.`,
      context: { bytes: payload.byteLength, maxMessageBytes },
    });
  }
  if (!isSwallowed(payload)) return;
  throw new AvatarError('message-invalid', {
    message: 'A data message with both "total" and "id", or with a "_type" of the Agora SDK, never arrives: the SDK takes it for its own. Name the fields differently.',
  });
}
