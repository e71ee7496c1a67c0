import { z } from 'zod';
import type { AkoolAgoraData } from '../../services/akool-streaming/messages.js';
import type { MessageKind } from './upstreamWire.js';
import { readShape } from '../../shapes/readShape.js';

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

/** A message that may go to a node. */
export type CheckedMessage = z.infer<typeof messageSchema>;

/** A message as a node shall see it, and what the browser is to be told at once where the node itself will not. */
export interface FormedMessage {
  readonly message: object;
  readonly answer: object | null;
}

/** Chooses the form of a checked message. `v2` is the message as it came, with the channel of the ticket. */
export type ToForm = (message: CheckedMessage, v2: object) => FormedMessage;

const asV2: ToForm = (_message, v2) => ({ message: v2, answer: null });

export type InspectedMessage =
  | {
      readonly ok: true;
      readonly kind: MessageKind;
      readonly text: string;
      /** What the browser is told at once; null for nothing. */
      readonly answer: string | null;
      /** Set when the browser takes leave. */
      readonly leaveMid: string | null;
      /** Whether it tells the node which room to join. */
      readonly isRoom: boolean;
    }
  | { readonly ok: false; readonly why: string };

/**
 * Checks a browser's message and writes it anew.
 *
 * Always written anew: forwarding the original bytes would let a message with a key given twice mean one thing here and
 * another there. Wherever the browser puts `metadata`, it is dropped; set-params gets the channel of the ticket.
 *
 * @param toForm for a node that understands another form than v2.
 */
export function inspectClientMessage(text: string, agoraData: AkoolAgoraData, toForm: ToForm = asV2): InspectedMessage {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, why: 'The message is no JSON.' };
  }
  const parsed = readShape(messageSchema, json);
  if (!parsed.success) return { ok: false, why: 'The message is of no kind that this relay forwards.' };
  const message = parsed.data;
  const leaveMid = message.type === 'event' ? message.mid : null;
  try {
    const { message: formed, answer } = toForm(message, withChannel(message, agoraData));
    return { ok: true, kind: kindOf(message), text: JSON.stringify(formed), answer: answer && JSON.stringify(answer), leaveMid, isRoom: isSetParams(message) };
  } catch {
    // What can be read cannot always be written: the writer overflows the stack on what is nested too deeply.
    return { ok: false, why: 'The message is nested too deeply.' };
  }
}

function kindOf({ type }: CheckedMessage): MessageKind {
  return type === 'chat' ? 'audio' : type === 'ping' ? 'ping' : 'other';
}

function isSetParams(message: CheckedMessage): boolean {
  return message.type === 'command' && message.pld.cmd === 'set-params';
}

function withChannel(message: CheckedMessage, agoraData: AkoolAgoraData): object {
  if (message.pld === undefined) return message;
  const { metadata: _dropped, ...pld } = message.pld;
  return { ...message, pld: isSetParams(message) ? { ...pld, metadata: { agora_data: agoraData } } : pld };
}
