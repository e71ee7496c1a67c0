import { z } from 'zod';
import type { AkoolAgoraData, AkoolSetParamsData } from '../../services/akool-streaming/messages.js';
import { readShape, type ShapeError } from '../../shapes/readShape.js';

/** Codes of the `error` messages that the emulated node sends by itself. The vendor publishes none for these cases. */
export const NODE_ERROR = { invalidMessage: 4000, notJoined: 4010, invalidAudio: 4011, joinFailed: 4012, noPicture: 4013 } as const;

/** A client's message as a node acts on it. */
export type NodeMessage =
  | { readonly kind: 'set-params'; readonly mid: string; readonly payload: unknown }
  /** Parameters of the README's form, which nobody acknowledges. */
  | { readonly kind: 'appear'; readonly agora: AgoraPlace }
  | { readonly kind: 'interrupt'; readonly mid: string }
  | { readonly kind: 'leave'; readonly mid: string }
  | { readonly kind: 'ping' }
  | { readonly kind: 'audio'; readonly samples: Int16Array }
  | { readonly kind: 'invalid'; readonly code: number; readonly reason: string };

const mid = z.string().min(1).max(256);
const envelope = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('command'),
    v: z.literal(2),
    mid,
    pld: z.discriminatedUnion('cmd', [z.looseObject({ cmd: z.literal('set-params') }), z.object({ cmd: z.literal('interrupt') })]),
  }),
  z.object({ type: z.literal('chat'), v: z.literal(2), mid, pld: z.object({ audio: z.string() }) }),
  z.object({ type: z.literal('event'), v: z.literal(2), mid, pld: z.object({ event: z.literal('leave_channel'), reason: z.string() }) }),
  // The vendor's README sends a ping with nothing but its type.
  z.object({ type: z.literal('ping') }),
]);

/** Reads one text frame of a client. Never throws: what it cannot read becomes `invalid`. */
export function readNodeMessage(text: string): NodeMessage {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'invalid', code: NODE_ERROR.invalidMessage, reason: 'The message is not JSON.' };
  }
  const parsed = readShape(envelope, json);
  if (!parsed.success) return { kind: 'invalid', code: NODE_ERROR.invalidMessage, reason: describeIssue(parsed.error) };
  const message = parsed.data;
  switch (message.type) {
    case 'ping':
      return { kind: 'ping' };
    case 'event':
      return { kind: 'leave', mid: message.mid };
    case 'chat':
      return readAudio(message.pld.audio);
    case 'command':
      return message.pld.cmd === 'interrupt'
        ? { kind: 'interrupt', mid: message.mid }
        : { kind: 'set-params', mid: message.mid, payload: message.pld };
  }
}

/** PCM of a message as it came. */
export function readAudio(base64: string): NodeMessage {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) {
    return { kind: 'invalid', code: NODE_ERROR.invalidAudio, reason: 'pld.audio is not base64.' };
  }
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length % 2 !== 0) {
    return { kind: 'invalid', code: NODE_ERROR.invalidAudio, reason: 'pld.audio has an odd number of bytes; it must be 16-bit PCM.' };
  }
  const samples = new Int16Array(bytes.length / 2);
  for (let i = 0; i < samples.length; i++) samples[i] = bytes.readInt16LE(i * 2);
  return { kind: 'audio', samples };
}

/** Who the avatar may be in a channel. The vendor's client passes it on as given: its README shows a string, its REST answers a number. */
export const avatarUid = z.union([z.number(), z.string().regex(/^\d+$/)]).transform(Number).refine(isUid, { error: 'uid must be 1 to 4294967295' });

/** Where an avatar is to appear. */
export type AgoraPlace = AkoolAgoraData & { readonly uid: number };

const setParams = z.object({
  data: z.object({
    vid: z.string(),
    lang: z.string().min(1),
    mode: z.literal(3, { error: 'mode must be 3 for streaming' }),
    bgurl: z.union([z.literal(''), z.url({ protocol: /^https?$/ })], { error: 'bgurl must be empty or an http(s) URL' }),
  }),
  metadata: z
    .object({
      agora_data: z.object({
        appid: z.string().min(1),
        channel_id: z.string().min(1).max(64),
        token: z.string(),
        uid: avatarUid,
      }),
    })
    .optional(),
});

export interface SetParams {
  readonly data: AkoolSetParamsData;
  /** Where to appear; null when the message only changes parameters. */
  readonly agora: AgoraPlace | null;
}

/** Validates the payload of set-params; a string says what is wrong with it. */
export function readSetParams(payload: unknown): SetParams | string {
  const parsed = readShape(setParams, payload);
  if (!parsed.success) return describeIssue(parsed.error);
  const { data, metadata } = parsed.data;
  return { data, agora: metadata?.agora_data ?? null };
}

function isUid(uid: number): boolean {
  return Number.isInteger(uid) && uid >= 1 && uid <= 0xffff_ffff;
}

/** Says in a few words what is wrong. */
export function describeIssue(error: ShapeError): string {
  const issue = error.issues[0];
  return issue ? `${issue.path.join('.') || 'message'}: ${issue.message}` : 'The message is not valid.';
}
