import { z } from 'zod';
import { AvatarError } from '../../errors/AvatarError.js';
import { HOSTED_SERVICES, hostedLooksSchema } from '../hosted/hostedWish.js';
import { readBoundedText } from '../readBoundedText.js';

/** A pass is the largest thing that a body holds. */
const MAX_BODY_BYTES = 16_384;

const avatarIdSchema = z.string().regex(/^[A-Za-z0-9_.:-]{1,128}$/);

export const sessionRequestSchema = z.object({
  ...hostedLooksSchema.shape,
  /** The avatar's service; null for no avatar. */
  service: z.enum(['akool-streaming', ...HOSTED_SERVICES]).nullable().optional(),
  /** False for no avatar. */
  avatar: z.literal(false).optional(),
  avatarId: avatarIdSchema.optional(),
  /** The name that the vendor shall know the session by. */
  sessionId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/).optional(),
  voice: z.object({ service: z.literal('dve'), assistantId: z.string().regex(/^[A-Za-z0-9_.:-]{1,128}$/).optional(), vision: z.boolean().optional() }).optional(),
});

export type SessionRequest = z.infer<typeof sessionRequestSchema>;

export const renewRequestSchema = z.object({
  renewal: z.string().min(1),
  /** `channel`: a fresh channel token alone, for a session whose sockets stay open. */
  needs: z.literal('channel').optional(),
  reason: z.string().max(64).optional(),
});

export const keepRequestSchema = z.object({
  renewal: z.string().min(1),
  /** Ask the vendor how far the avatar is. */
  wants: z.literal('status').optional(),
});

export const endRequestSchema = z.object({ renewal: z.string().min(1) });

/** @throws `message-too-large`, or `invalid-options` when the caller hangs up in the middle: anybody can do that. */
export async function readBody(request: Request): Promise<string> {
  const text = await readBoundedText(request.body, MAX_BODY_BYTES).catch(() => {
    throw invalid('The request body broke off.');
  });
  if (text !== null) return text;
  throw new AvatarError('message-too-large', { message: `The request body is over ${MAX_BODY_BYTES} bytes.` });
}

/**
 * Parses a body against its schema; an empty body counts as `{}`.
 *
 * @throws `invalid-options` naming the field at fault, never its value.
 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  let body: unknown;
  try {
    body = text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    throw invalid('The request body is no JSON.'); // The syntax error would quote the body.
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  throw invalid(field === '' ? 'The request body must be a JSON object.' : `The field ${field} of the request body is missing or invalid.`);
}

function invalid(message: string): AvatarError {
  return new AvatarError('invalid-options', { message });
}
