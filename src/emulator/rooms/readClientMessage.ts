import { z } from 'zod';
import type { ClientMessage } from '../../channel/loopback/messages.js';
import { readShape } from '../../shapes/readShape.js';

const request = z.int().nonnegative();
const media = z.enum(['audio', 'video']);
const uid = z.int().min(0).max(0xffff_ffff);

const clientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('join'), request, appId: z.string(), channel: z.string().min(1).max(64), token: z.string().nullable(), uid }),
  z.object({ type: z.literal('subscribe'), request, uid, media }),
  z.object({ type: z.literal('unsubscribe'), request, uid, media }),
  z.object({ type: z.literal('publish'), request, media }),
  z.object({ type: z.literal('unpublish'), request, media }),
  z.object({ type: z.literal('message'), request, payload: z.base64() }),
  z.object({ type: z.literal('renew'), request, token: z.string() }),
  z.object({ type: z.literal('answer'), offer: z.int(), sdp: z.string() }),
  z.object({
    type: z.literal('candidate'),
    candidate: z.object({
      candidate: z.string(),
      sdpMid: z.string().nullish(),
      sdpMLineIndex: z.int().nonnegative().nullish(),
      usernameFragment: z.string().nullish(),
    }),
  }),
  z.object({ type: z.literal('leave') }),
]);

/** What was read, or the number of the request that was wrong so that it can be answered. */
export type ReadResult =
  | { readonly message: ClientMessage }
  | { readonly message: null; readonly request: number | null; readonly reason: string };

/** Reads one text frame of a loopback client. Never throws. */
export function readClientMessage(text: string): ReadResult {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { message: null, request: null, reason: 'The message is not JSON.' };
  }
  const parsed = readShape(clientMessage, json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const numbered = readShape(z.object({ request }), json);
    return {
      message: null,
      request: numbered.success ? numbered.data.request : null,
      reason: issue ? `${issue.path.join('.') || 'message'}: ${issue.message}` : 'The message is not valid.',
    };
  }
  const message = parsed.data;
  if (message.type !== 'candidate') return { message };
  // An absent field and an undefined one differ for addIceCandidate's types.
  const { candidate, sdpMid = null, sdpMLineIndex = null, usernameFragment = null } = message.candidate;
  return { message: { type: 'candidate', candidate: { candidate, sdpMid, sdpMLineIndex, usernameFragment } } };
}
