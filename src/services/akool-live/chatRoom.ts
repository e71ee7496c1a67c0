import { AvatarError } from '../../errors/AvatarError.js';

/** What the browser says in a version 3 chat room. */
export interface ChatRoomQuestion {
  /** Comes back in every part of the answer. */
  readonly messageId: string;
  /** Mode 1: what to say. Mode 2: what the user asks. */
  readonly question: string;
  readonly mode: 1 | 2;
  readonly voiceId?: string;
  readonly voiceUrl?: string;
  readonly language?: string;
  /** `url` is the address of a PDF of at most 50 MB. Default: an empty text. */
  readonly prompt?: { readonly from: 'text' | 'url'; readonly content: string };
}

/** One part of an answer; parts with the same `messageId` belong together, in the order in which they came. */
export interface ChatRoomAnswer {
  readonly messageId: string;
  readonly question: string;
  readonly answer: string;
  /** Name of the sender, such as `server_8898`. */
  readonly from: string;
}

/**
 * Encodes a question for the version 3 chat room. Its payload is JSON inside a JSON string.
 *
 * @param to name of the avatar's side, such as `server_8898`.
 * @throws AvatarError `invalid-options` for an empty question or name.
 */
export function encodeChatRoomQuestion(to: string, { messageId, question, mode, voiceId = '', voiceUrl = '', language = 'en', prompt }: ChatRoomQuestion): string {
  if (to === '' || messageId === '' || question === '') {
    throw new AvatarError('invalid-options', { message: 'A chat room message needs a receiver, a messageId and a question that are not empty.' });
  }
  const payload = {
    message_id: messageId,
    voice_id: voiceId,
    voice_url: voiceUrl,
    language,
    mode_type: mode,
    prompt: prompt ?? { from: 'text', content: '' },
    question,
  };
  return JSON.stringify({ type: 'chat', to, payload: JSON.stringify(payload) });
}

/** A text frame as it came, and what it means when this version knows it. */
export interface ParsedChatRoomFrame {
  readonly raw: unknown;
  readonly answer: ChatRoomAnswer | null;
}

/**
 * Reads one text frame of the version 3 chat room; null for anything but chat that this version knows.
 *
 * @throws AvatarError `message-invalid` when the frame, or the payload inside it, is not JSON.
 */
export function parseChatRoomAnswer(text: string): ChatRoomAnswer | null {
  return parseChatRoomFrame(text).answer;
}

/** As {@link parseChatRoomAnswer}, with the frame itself. */
export function parseChatRoomFrame(text: string): ParsedChatRoomFrame {
  const raw = parseJson(text);
  return { raw, answer: answerOf(fieldsOf(raw)) };
}

function answerOf(frame: Readonly<Record<string, unknown>> | null): ChatRoomAnswer | null {
  if (frame?.['type'] !== 'chat') return null;
  const { from, payload } = frame;
  // Encoded once by the documentation's word, but an object has been seen in its samples.
  const inner = fieldsOf(typeof payload === 'string' ? parseJson(payload) : payload);
  const messageId = inner?.['message_id'];
  const answer = inner?.['answer'];
  if (!inner || typeof messageId !== 'string' || typeof answer !== 'string') return null;
  const question = inner['question'];
  return { messageId, answer, question: typeof question === 'string' ? question : '', from: typeof from === 'string' ? from : '' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without its cause: the syntax error quotes what was said.
    throw new AvatarError('message-invalid', { message: 'A chat room message is not JSON; it was skipped.' });
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>) // checked on the line above
    : null;
}
