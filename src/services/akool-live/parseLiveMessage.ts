import { AvatarError } from '../../errors/AvatarError.js';
import { AKOOL_LIVE_OK, type AkoolLiveServerMessage } from './messages.js';

/** A data message as it came, and what it means when this version knows it. */
export interface ParsedLiveMessage {
  readonly raw: unknown;
  readonly known: AkoolLiveServerMessage | null;
}

/**
 * Reads one data message of the avatar. Another version, an unknown type or an odd shape is no error: `known` is then null.
 *
 * @param payload UTF-8 JSON.
 * @throws AvatarError `message-invalid` when the payload is not a JSON object.
 */
export function parseLiveMessage(payload: Uint8Array | string): ParsedLiveMessage {
  let raw: unknown;
  try {
    raw = JSON.parse(typeof payload === 'string' ? payload : new TextDecoder().decode(payload));
  } catch {
    // Without its cause: the syntax error quotes what was said.
    throw new AvatarError('message-invalid', { message: 'A data message in the channel is not JSON; it was skipped.' });
  }
  const message = fieldsOf(raw);
  if (!message) throw new AvatarError('message-invalid', { message: 'A data message in the channel is not a JSON object; it was skipped.' });
  return { raw, known: message['v'] === 2 ? knownMessage(message) : null };
}

function knownMessage(message: Readonly<Record<string, unknown>>): AkoolLiveServerMessage | null {
  const mid = stringOf(message['mid']) ?? '';
  const pld = fieldsOf(message['pld']) ?? {};
  switch (message['type']) {
    case 'chat': {
      const { from, text } = pld;
      if ((from !== 'bot' && from !== 'user') || typeof text !== 'string') return null;
      return { type: 'chat', mid, idx: indexOf(message['idx']), fin: message['fin'] === true, from, text };
    }
    case 'command':
    // The vendor's older SDK waits for this type; its documentation and demo say `command`.
    case 'cmd': {
      const cmd = stringOf(pld['cmd']);
      if (cmd === null) return null;
      const code = pld['code'] === undefined ? AKOOL_LIVE_OK : numberOf(pld['code']);
      return { type: 'ack', mid, cmd, code, text: stringOf(pld['msg']) ?? '' };
    }
    case 'event': {
      const { event } = pld;
      return event === 'audio_start' || event === 'audio_end' ? { type: 'event', event } : null;
    }
    default:
      return null;
  }
}

function indexOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>) // checked on the line above
    : null;
}

function stringOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Also of digits in a text. Not of an object: its `valueOf` is whatever the sender says, and would be called. */
function numberOf(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
}
