import { z } from 'zod';
import { HOSTED_SERVICES, hostedLooksSchema } from '../hosted/hostedWish.js';

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
  /** When the session began. */
  startedAt: z.number(),
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

const chatClaims = { clientUrl: z.string(), peer: z.string() };

const chatRoomTicketSchema = z.object({ ...ticketClaims, target: z.literal('akool-chat-room'), ...chatClaims });

const relayTicketSchema = z.discriminatedUnion('target', [avatarTicketSchema, dveTicketSchema, chatRoomTicketSchema]);

const seatSchema = z.object({ name: z.string(), viewerUid: z.number(), avatarUid: z.number() });

const hostedSchema = z.object({
  service: z.enum(HOSTED_SERVICES),
  avatarId: z.string(),
  looks: hostedLooksSchema,
  /** The session at the vendor when this pass was sealed; the ledger knows of a later one. */
  vendorId: z.string(),
  endsAt: z.number(),
  /** Null in a room of the vendor's. */
  seat: seatSchema.nullable(),
  /** Null where there is no chat room. */
  chat: z.object(chatClaims).nullable(),
});

const renewalSchema = z.object({
  ...sessionClaims,
  startedAt: z.number(),
  /** When it is over, however often it is renewed. */
  lastMoment: z.number(),
  /** The avatar on a node; null for a session without one. */
  avatar: z.object({ avatarId: z.string(), node: nodeSchema, channel: seatSchema }).nullable(),
  /** The avatar in a session that is held at the vendor; null for a session without one. */
  hosted: hostedSchema.nullable().default(null),
  /** Null for a session without a voice service. */
  voice: z.object(voiceClaims).nullable(),
});

/** Opens one relay socket, once. Sealed: an avatar's holds the node's address and the avatar's publisher token. */
export type RelayTicket = z.infer<typeof relayTicketSchema>;
export type AvatarTicket = z.infer<typeof avatarTicketSchema>;
export type DveTicket = z.infer<typeof dveTicketSchema>;
export type ChatRoomTicket = z.infer<typeof chatRoomTicketSchema>;

/** Lets its holder renew, keep or end one session. */
export type RenewalPass = z.infer<typeof renewalSchema>;
export type HostedClaims = z.infer<typeof hostedSchema>;

export interface PassClaims {
  readonly relay: RelayTicket;
  readonly renewal: RenewalPass;
}

export type PassPurpose = keyof PassClaims;

export const passSchemas = { relay: relayTicketSchema, renewal: renewalSchema };
