import { z } from 'zod';

const frame = z.object({ type: z.literal('chat'), to: z.string(), payload: z.string() });
const payload = z
  .object({
    message_id: z.string().min(1).max(256),
    voice_id: z.string().default(''),
    language: z.string().default(''),
    // Documented as a string, sent as a number in every sample.
    mode_type: z.union([z.int(), z.string().regex(/^\d$/).transform(Number)]).default(1),
    question: z.string().optional(),
    // One sample of the vendor's names it so.
    content: z.string().optional(),
  })
  .transform(({ question, content, ...rest }) => ({ ...rest, question: question ?? content ?? '' }))
  .refine(({ question }) => question !== '');

/** What a browser asks in a version 3 chat room. */
export type ChatRoomQuestion = z.output<typeof payload>;

/** Reads one text frame that is addressed to `server`; null for what is not such a question. Never throws. */
export function readChatRoomFrame(text: string, server: string): ChatRoomQuestion | null {
  try {
    const { to, payload: inner } = frame.parse(JSON.parse(text));
    return to === server ? payload.parse(JSON.parse(inner)) : null;
  } catch {
    return null; // Not JSON, or JSON of another shape: nothing that could be answered.
  }
}
