import { z } from 'zod';
import { OWN_APP_ID } from '../rooms/appIds.js';
import { avatarUid, describeIssue, NODE_ERROR, readAudio, type NodeMessage } from './readNodeMessage.js';
import { readShape } from '../../shapes/readShape.js';

const auth = z.object({ type: z.literal('auth'), token: z.string(), avatar_id: z.string().min(1) });
const anyForm = z.object({ type: z.enum(['agora_params', 'audio_data']) });
const form = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('agora_params'),
    data: z.object({ channel: z.string().min(1).max(64), userId: avatarUid, rtcToken: z.string() }),
  }),
  z.object({ type: z.literal('audio_data'), data: z.string() }),
]);

/** With what a client of the README introduces itself, in place of a header. */
export interface ReadmeAuth {
  readonly token: string;
  readonly avatarId: string;
}

/** Reads the first message of a connection; null when it is no `auth`. Never throws. */
export function readReadmeAuth(text: string): ReadmeAuth | null {
  const { data } = readShape(auth, parse(text));
  return data ? { token: data.token, avatarId: data.avatar_id } : null;
}

/**
 * Reads the forms of the vendor's README that its code has never sent; null for any other message, which then is a
 * message of version 2. Never throws.
 */
export function readReadmeMessage(text: string): NodeMessage | null {
  const json = parse(text);
  if (!readShape(anyForm, json).success) return null;
  const parsed = readShape(form, json);
  if (!parsed.success) return { kind: 'invalid', code: NODE_ERROR.invalidMessage, reason: describeIssue(parsed.error) };
  if (parsed.data.type === 'audio_data') return readAudio(parsed.data.data);
  const { channel, userId, rtcToken } = parsed.data.data;
  // The form knows no app: there is one for all.
  return { kind: 'appear', agora: { appid: OWN_APP_ID, channel_id: channel, token: rtcToken, uid: userId } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // As good as any other thing that is no such form.
  }
}
