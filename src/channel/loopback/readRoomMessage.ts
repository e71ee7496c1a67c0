import { base64ToBytes } from '../../dsp/base64.js';
import type { OfferSection, RoomMessage, RoomUser } from './messages.js';

type Fields = Readonly<Record<string, unknown>>;

/** Reads one text frame of a room; null for what is none of its messages, which is to be skipped. Never throws. */
export function readRoomMessage(text: string): RoomMessage | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null; // Not of this release, or no room at all.
  }
  return isFields(json) && isRoomMessage(json) ? json : null;
}

function isRoomMessage(fields: Fields): fields is Fields & RoomMessage {
  const { type, uid, media, users } = fields;
  switch (type) {
    case 'done':
      return isNumber(fields['request']) && (uid === undefined || isNumber(uid)) && (users === undefined || (Array.isArray(users) && users.every(isRoomUser)));
    case 'fail':
      return isNumber(fields['request']) && typeof fields['code'] === 'string' && typeof fields['message'] === 'string';
    case 'offer':
      return isNumber(fields['offer']) && typeof fields['sdp'] === 'string' && isFields(fields['sections']) && Object.values(fields['sections']).every(isSection);
    case 'candidate':
      return isFields(fields['candidate']);
    case 'user-joined':
    case 'user-left':
      return isNumber(uid);
    case 'user-published':
    case 'user-unpublished':
      return isNumber(uid) && isMedia(media);
    case 'message':
      return isNumber(uid) && isBase64(fields['payload']);
    case 'token-expire':
      return typeof fields['expired'] === 'boolean';
    case 'kick':
      return typeof fields['reason'] === 'string';
    default:
      return false;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isMedia(value: unknown): boolean {
  return value === 'audio' || value === 'video';
}

function isRoomUser(value: unknown): value is RoomUser {
  return isFields(value) && isNumber(value['uid']) && typeof value['hasAudio'] === 'boolean' && typeof value['hasVideo'] === 'boolean';
}

function isSection(value: unknown): value is OfferSection {
  return isFields(value) && isMedia(value['media']) && (value['direction'] === 'send' || (value['direction'] === 'receive' && isNumber(value['uid'])));
}

function isBase64(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    base64ToBytes(value);
    return true;
  } catch {
    return false; // What it holds cannot be known.
  }
}
