import { z } from 'zod';
import type { Grant } from '../../grant/grant.js';
import type { LeaseState } from '../../grant/lease.js';

const time = (description: string) => z.int().meta({ description: `${description} Milliseconds since the epoch.` });

const admission = {
  url: z.string().meta({ description: 'Relay endpoint, wss: (ws: on this machine), without query.' }),
  ticket: z.string().meta({ description: 'Opens the relay socket once; sent as its subprotocol.' }),
  ticketExpiresAt: time('When the ticket stops working.'),
};

const lease = {
  keepIntervalMs: z.int().meta({ description: 'How often the page says that it is still there. Milliseconds.' }),
  endsAt: time('When the vendor ends the session in any case.'),
};

const avatarGrant = z.discriminatedUnion('service', [
  z.object({ service: z.literal('akool-streaming'), avatarId: z.string(), ...admission }),
  z.object({ service: z.literal('akool-live'), avatarId: z.string(), ...lease }),
  z.object({ service: z.literal('akool-chat-room'), avatarId: z.string(), peer: z.string(), ...admission, ...lease }),
]);

const channelGrant = z.object({
  kind: z.enum(['agora', 'loopback']),
  appId: z.string(),
  channel: z.string(),
  token: z.string().meta({ description: 'May join and listen; in a hosted session, speak as well.' }),
  uid: z.int().min(1).max(0xffff_ffff),
  avatarUid: z.int().min(1).max(0xffff_ffff).optional(),
  tokenExpiresAt: time('When the token stops working.'),
  url: z.string().optional().meta({ description: 'Signalling endpoint of a loopback room.' }),
});

/** What the session route answers; the compiler sees that it is a `Grant`. */
export const grantSchema = z.object({
  version: z.literal(1),
  sessionId: z.string(),
  expiresAt: time('When the last credential in here stops working.'),
  endsAt: time('When the session is over in any case, however often it is renewed.').optional(),
  renewal: z.string().optional().meta({ description: 'Sealed pass with which the session is renewed, kept and ended.' }),
  avatar: avatarGrant.optional(),
  voice: z.object({ service: z.literal('dve'), ...admission }).optional(),
  channel: channelGrant.optional(),
}) satisfies z.ZodType<Grant>;

/** What keeping a session answers. */
export const leaseStateSchema = z.object({
  status: z.enum(['queueing', 'processing', 'ready', 'failed', 'unknown']),
  keptUntil: time('Until when the session stays open if nothing more is heard.'),
}) satisfies z.ZodType<LeaseState>;
