import { z } from 'zod';

export const HOSTED_SERVICES = ['akool-live', 'akool-chat-room'] as const;

/** Services whose sessions this server holds at the vendor. */
export type HostedService = (typeof HOSTED_SERVICES)[number];

/** What a page may decide of a hosted session: nothing that costs, and nothing that the avatar knows. */
export const hostedLooksSchema = z.object({
  voiceId: z.string().regex(/^[\w .:-]{1,128}$/).optional(),
  language: z.string().regex(/^[A-Za-z0-9-]{1,35}$/).optional(),
  backgroundUrl: z.url({ protocol: /^https?$/ }).max(2_048).optional(),
  mode: z.enum(['retelling', 'dialogue']).optional(),
});

export type HostedLooks = z.infer<typeof hostedLooksSchema>;

/** Which avatar to open, and how. */
export interface HostedWish {
  readonly service: HostedService;
  readonly avatarId: string;
  readonly looks: HostedLooks;
}
