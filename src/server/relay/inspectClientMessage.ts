import { z } from 'zod';
import type { AkoolAgoraData } from '../../services/akool-streaming/messages.js';

/** What a browser may say to an avatar node. Whatever is not listed does not reach it. */
const messageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('command'),
    v: z.literal(2),
    mid: z.string().min(1).max(128),
    pld: z.discriminatedUnion('cmd', [
      z.looseObject({ cmd: z.literal('set-params'), data: z.record(z.string(), z.unknown()) }),
      z.looseObject({ cmd: z.literal('interrupt') }),
    ]),
  }),
  z.object({ type: z.literal('chat'), v: z.literal(2), mid: z.string().min(1).max(128), pld: z.looseObject({ audio: z.string() }) }),
  z.object({
    type: z.literal('event'),
    v: z.literal(2),
    mid: z.string().min(1).max(128),
    pld: z.looseObject({ event: z.literal('leave_channel') }),
  }),
  // The bare form is the vendor README's.
  z.object({ type: z.literal('ping'), v: z.literal(2).optional(), mid: z.string().min(1).max(128).optional(), pld: z.looseObject({}).optional() }),
]);

export type InspectedMessage =
  | { readonly ok: true; readonly text: string; /** Set when the browser takes leave. */ readonly leaveMid: string | null }
  | { readonly ok: false; readonly why: string };

/**
 * Checks a browser's message and writes it anew.
 *
 * Always written anew: forwarding the original bytes would let a message with a key given twice mean one thing here and
 * another there. Wherever the browser puts `metadata`, it is dropped; set-params gets the channel of the ticket.
 */
export function inspectClientMessage(text: string, agoraData: AkoolAgoraData): InspectedMessage {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, why: 'The message is no JSON.' };
  }
  const parsed = messageSchema.safeParse(json);
  if (!parsed.success) return { ok: false, why: 'The message is of no kind that this relay forwards.' };
  const message = parsed.data;
  const leaveMid = message.type === 'event' ? message.mid : null;
  if (message.pld === undefined) return written(message, leaveMid);
  const { metadata: _dropped, ...pld } = message.pld;
  const isSetParams = message.type === 'command' && message.pld.cmd === 'set-params';
  return written({ ...message, pld: isSetParams ? { ...pld, metadata: { agora_data: agoraData } } : pld }, leaveMid);
}

function written(message: object, leaveMid: string | null): InspectedMessage {
  try {
    return { ok: true, text: JSON.stringify(message), leaveMid };
  } catch {
    // What can be read cannot always be written: the writer overflows the stack on what is nested too deeply.
    return { ok: false, why: 'The message is nested too deeply.' };
  }
}
