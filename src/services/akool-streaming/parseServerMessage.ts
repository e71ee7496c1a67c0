import { AvatarError } from '../../errors/AvatarError.js';
import type { AkoolServerMessage } from './messages.js';

/** A message as it came, and what it means when this version knows it. */
export interface ParsedMessage {
  readonly raw: unknown;
  readonly known: AkoolServerMessage | null;
}

/**
 * Reads one text frame from Akool's socket. Unknown types and shapes are not errors: `known` is then null.
 * @throws AvatarError `message-invalid` when the frame is not a JSON object.
 */
export function parseServerMessage(data: string | ArrayBuffer): ParsedMessage {
  let raw: unknown;
  try {
    raw = JSON.parse(typeof data === 'string' ? data : new TextDecoder().decode(data));
  } catch (cause) {
    throw new AvatarError('message-invalid', { message: 'The avatar service sent a message that is not JSON; it was skipped.', cause });
  }
  const message = fields(raw);
  if (!message) throw new AvatarError('message-invalid', { message: 'The avatar service sent a message that is not a JSON object; it was skipped.' });
  return { raw, known: knownMessage(message) };
}

function knownMessage(message: Readonly<Record<string, unknown>>): AkoolServerMessage | null {
  const mid = string(message['mid']) ?? '';
  const pld = fields(message['pld']) ?? {};
  switch (message['type']) {
    case 'system': {
      const status = string(pld['status']);
      const channelId = string(pld['channel_id']);
      return status === null ? null : { v: 2, type: 'system', mid, pld: { status, ...(channelId === null ? {} : { channel_id: channelId }) } };
    }
    case 'ack': {
      const originalMid = string(pld['original_mid']);
      if (originalMid === null) return null;
      const text = string(pld['message']);
      // The vendor's own client does not look at the status, so an ack without one counts as success.
      return { v: 2, type: 'ack', mid, pld: { original_mid: originalMid, status: string(pld['status']) ?? 'success', ...(text === null ? {} : { message: text }) } };
    }
    case 'pong':
      return { v: 2, type: 'pong', mid, pld: {} };
    case 'error': {
      const code = number(pld['error_code']);
      const text = string(pld['error_message']);
      return { v: 2, type: 'error', mid, pld: { ...(Number.isFinite(code) ? { error_code: code } : {}), ...(text === null ? {} : { error_message: text }) } };
    }
    default:
      return null;
  }
}

function fields(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>) // checked on the line above
    : null;
}

function string(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Also of digits in a text. Not of an object: its `valueOf` is whatever the sender says, and would be called. */
function number(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
}
