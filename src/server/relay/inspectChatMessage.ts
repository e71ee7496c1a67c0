import { z } from 'zod';
import type { AkoolLiveServerOptions } from '../hosted/AkoolLiveServerOptions.js';
import { readShape } from '../../shapes/readShape.js';

/** The vendor's rooms are for questions, not for files. */
const MAX_MESSAGE_CHARS = 32_768;
const short = z.string().max(256);

/** What a browser may say in a chat room. Whatever else it puts there does not reach the vendor. */
const frameSchema = z.object({ type: z.literal('chat'), to: z.string(), payload: z.string() });
const payloadSchema = z.object({
  message_id: short.min(1),
  voice_id: short.optional(),
  voice_url: z.string().max(2_048).optional(),
  language: short.optional(),
  // The vendor's documents call it a text, its examples show a number.
  mode_type: z.union([z.literal([1, 2]), z.literal(['1', '2']).transform(Number)]).optional(),
  question: z.string().min(1),
});

export type InspectedChat = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

/**
 * Checks a browser's chat message and writes it anew, with the server's prompt.
 *
 * @param peer the only one who may be addressed.
 */
export function inspectChatMessage(text: string, peer: string, prompt: NonNullable<AkoolLiveServerOptions['prompt']>): InspectedChat {
  if (text.length > MAX_MESSAGE_CHARS) return { ok: false, why: 'The chat message is too long.' };
  const frame = readShape(frameSchema, parseJson(text));
  if (!frame.success) return { ok: false, why: 'The message is no chat message.' };
  if (frame.data.to !== peer) return { ok: false, why: 'The message is for somebody else than the avatar of this session.' };
  const payload = readShape(payloadSchema, parseJson(frame.data.payload));
  if (!payload.success) return { ok: false, why: 'The payload of the chat message is not valid.' };
  return { ok: true, text: JSON.stringify({ type: 'chat', to: peer, payload: JSON.stringify({ ...payload.data, prompt }) }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // What is no JSON fits no schema.
  }
}
