import { z } from 'zod';
import type { LiveSession } from '../ledger/liveSessionLedger.js';

/** A session as its owner may see it: without the key by which the server knows it. */
export const ownSession = z.object({
  sessionId: z.string(),
  service: z.string().nullable().meta({ description: "Service of its avatar; null for a voice alone." }),
  avatarId: z.string().nullable(),
  startedAt: z.int().meta({ description: 'Milliseconds since the epoch.' }),
});

export const ownSessionList = z.object({ items: z.array(ownSession) });

export function toOwnSession({ sessionId, service, avatarId, startedAt }: LiveSession): z.infer<typeof ownSession> {
  return { sessionId, service, avatarId, startedAt };
}
