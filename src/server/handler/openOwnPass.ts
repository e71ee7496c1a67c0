import { AvatarError } from '../../errors/AvatarError.js';
import type { Subject } from '../AvatarServerOptions.js';
import type { RenewalPass } from '../tickets/ticketClaims.js';
import type { Granter } from './createGranter.js';

export interface ShownPass {
  readonly renewal: string;
  readonly origin: string | null;
  readonly subject: Subject;
}

/** Opens the pass of a session. @throws as `Granter.openRenewal`, and `not-authorized` for the session of somebody else. */
export async function openOwnPass(granter: Granter, { renewal, origin, subject }: ShownPass): Promise<RenewalPass> {
  const pass = await granter.openRenewal(renewal, origin);
  if (pass.subject === subject.id) return pass;
  throw new AvatarError('not-authorized', { message: 'This session belongs to somebody else. Start a new one.' });
}
