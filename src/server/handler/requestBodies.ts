import { z } from 'zod';
import { HOSTED_SERVICES, hostedLooksSchema } from '../hosted/hostedWish.js';

const avatarIdSchema = z.string().regex(/^[A-Za-z0-9_.:-]{1,128}$/);
const sessionIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const renewal = z.string().min(1).max(16_384).meta({ description: 'The pass in the grant.' });

export const sessionRequestSchema = z.object({
  ...hostedLooksSchema.shape,
  service: z.enum(['akool-streaming', ...HOSTED_SERVICES]).nullable().optional().meta({ description: "The avatar's service; null for no avatar." }),
  avatar: z.literal(false).optional().meta({ description: 'False for no avatar.' }),
  avatarId: avatarIdSchema.optional(),
  sessionId: sessionIdSchema.optional().meta({ description: 'The name that logs and the vendor shall know the session by.' }),
  voice: z
    .object({ service: z.literal('dve'), assistantId: z.string().regex(/^[A-Za-z0-9_.:-]{1,128}$/).optional(), vision: z.boolean().optional() })
    .optional(),
});

export type SessionRequest = z.infer<typeof sessionRequestSchema>;

export const renewRequestSchema = z.object({
  renewal,
  needs: z.literal('channel').optional().meta({ description: 'A fresh channel token alone, for a session whose sockets stay open.' }),
  reason: z.string().regex(/^[\w .:-]{0,64}$/).optional().meta({ description: 'Why, for the log.' }),
});

export const keepRequestSchema = z.object({
  renewal,
  wants: z.literal('status').optional().meta({ description: 'Ask the vendor how far the avatar is.' }),
});

export const endRequestSchema = z.object({ renewal });

export const endOwnRequestSchema = z.object({ sessionId: sessionIdSchema });
