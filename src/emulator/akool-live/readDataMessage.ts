import { z } from 'zod';
import { readShape } from '../../shapes/readShape.js';

const chat = z.object({
  v: z.literal(2),
  type: z.literal('chat'),
  mid: z.string(),
  idx: z.int().nonnegative(),
  fin: z.boolean(),
  pld: z.object({ text: z.string() }),
});
const command = z.object({
  v: z.literal(2),
  type: z.literal('command'),
  mid: z.string().default(''),
  pld: z.object({ cmd: z.string(), data: z.record(z.string(), z.unknown()).optional() }),
});
const message = z.discriminatedUnion('type', [chat, command]);

/** What a browser sends to a hosted avatar. */
export type DataMessage = z.infer<typeof message>;

/** Reads one data message; null for what is none of the avatar's business. */
export function readDataMessage(payload: Uint8Array): DataMessage | null {
  try {
    return readShape(message, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))).data ?? null;
  } catch {
    return null; // Other members of a room may send what they like.
  }
}
