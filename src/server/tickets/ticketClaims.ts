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
  node: z.object({ host: z.string(), port: z.number() }),
  avatarId: z.string(),
  /** Milliseconds since the epoch, as all times here. */
  expiresAt: z.number(),
};

const relayTicketSchema = z.object({
  ...sessionClaims,
  ticketId: z.string(),
  /** When the connection has to end. */
  sessionEndsAt: z.number(),
  agoraData: z.object({ appid: z.string(), channel_id: z.string(), token: z.string(), uid: z.string() }),
});

const renewalSchema = z.object({
  ...sessionClaims,
  startedAt: z.number(),
  channel: z.object({ name: z.string(), viewerUid: z.number(), avatarUid: z.number() }),
});

/** Opens one relay socket, once. Sealed: it holds the node's address and the avatar's publisher token. */
export type RelayTicket = z.infer<typeof relayTicketSchema>;

/** Lets its holder renew or end one session. */
export type RenewalPass = z.infer<typeof renewalSchema>;

export interface PassClaims {
  readonly relay: RelayTicket;
  readonly renewal: RenewalPass;
}

export type PassPurpose = keyof PassClaims;

export const passSchemas = { relay: relayTicketSchema, renewal: renewalSchema };
