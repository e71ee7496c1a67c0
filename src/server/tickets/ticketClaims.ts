import { z } from 'zod';

/** What every pass says: which session, for whom, from where, until when. */
const sessionClaims = {
  /** Key of the session in the ledger. Random and never shown, so that no one can name another's session. */
  session: z.string(),
  /** Name of the session for the vendor and for logs. */
  sessionId: z.string(),
  subject: z.string(),
  /** The page that asked; null for a caller that is no page. */
  origin: z.string().nullable(),
  /** Milliseconds since the epoch, as all times here. */
  expiresAt: z.number(),
};

const nodeSchema = z.object({ host: z.string(), port: z.number() });
const voiceClaims = { assistantId: z.string(), vision: z.boolean() };

const ticketClaims = {
  ...sessionClaims,
  ticketId: z.string(),
  /** When the connection has to end. */
  sessionEndsAt: z.number(),
};

const avatarTicketSchema = z.object({
  ...ticketClaims,
  target: z.literal('akool-streaming'),
  node: nodeSchema,
  avatarId: z.string(),
  agoraData: z.object({ appid: z.string(), channel_id: z.string(), token: z.string(), uid: z.string() }),
});

const dveTicketSchema = z.object({ ...ticketClaims, target: z.literal('dve'), ...voiceClaims });

const relayTicketSchema = z.discriminatedUnion('target', [avatarTicketSchema, dveTicketSchema]);

const renewalSchema = z.object({
  ...sessionClaims,
  startedAt: z.number(),
  /** Null for a session that is voice only. */
  avatar: z
    .object({ avatarId: z.string(), node: nodeSchema, channel: z.object({ name: z.string(), viewerUid: z.number(), avatarUid: z.number() }) })
    .nullable(),
  /** Null for a session without a voice service. */
  voice: z.object(voiceClaims).nullable(),
});

/** Opens one relay socket, once. Sealed: an avatar's holds the node's address and the avatar's publisher token. */
export type RelayTicket = z.infer<typeof relayTicketSchema>;
export type AvatarTicket = z.infer<typeof avatarTicketSchema>;
export type DveTicket = z.infer<typeof dveTicketSchema>;

/** Lets its holder renew or end one session. */
export type RenewalPass = z.infer<typeof renewalSchema>;

export interface PassClaims {
  readonly relay: RelayTicket;
  readonly renewal: RenewalPass;
}

export type PassPurpose = keyof PassClaims;

export const passSchemas = { relay: relayTicketSchema, renewal: renewalSchema };
