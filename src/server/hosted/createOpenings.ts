import { AvatarError } from '../../errors/AvatarError.js';
import type { VendorSession } from '../ledger/vendorSessionLedger.js';
import { randomId } from '../randomId.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { VendorCalls } from './createVendorCalls.js';

/** An opening that is under way at the vendor. */
export interface Opening {
  /** Its answer has come, and what it opened is noted; or it opened nothing. */
  settle(): Promise<void>;
}

/**
 * Remembers that a session was asked for, before it is. Should the answer never come, or this instance die before it could note the
 * session, the session would be open and nobody know its id: then it is looked for by the room that its avatar was told to come to.
 */
export interface Openings {
  begin(order: { readonly session: string; readonly sessionId: string; readonly room: string; readonly endsAt: number }): Promise<Opening>;
  /** Notes as due what came of an opening that nobody settled. @throws what the vendor's answer means. */
  recover(opening: VendorSession): Promise<void>;
  /** Openings of this instance that are not settled. */
  readonly unsettled: ReadonlySet<string>;
}

export interface OpeningsOptions {
  readonly config: ServerConfig;
  readonly calls: VendorCalls;
  /** How long one call to the vendor may take. */
  readonly timeoutMs: number;
  readonly onFound: (vendorId: string) => void;
}

const PREFIX = 'opening';
/** The vendor may finish what we have given up: it is not looked for before so much more has gone by. */
const LATE_MS = 15_000;

/** True for the name under which an opening is noted among the sessions of the vendor. */
export function isOpening(vendorId: string): boolean {
  return vendorId.startsWith(`${PREFIX} `);
}

export function createOpenings({ config, calls, timeoutMs, onFound }: OpeningsOptions): Openings {
  const { ledger, clock, log } = config;
  const unsettled = new Set<string>();

  return {
    unsettled,
    async begin({ session, sessionId, room, endsAt }) {
      // Each opening under a name of its own: a room may see several sessions after each other.
      const vendorId = `${PREFIX} ${room} ${randomId()}`;
      const dueAt = clock.epochMs() + timeoutMs + LATE_MS;
      // Not under the session's own key, by which what is open is found.
      await ledger.vendorSessions.note({ vendorId, session: `${PREFIX} ${session}`, sessionId, dueAt, endsAt, closings: 0 });
      unsettled.add(vendorId);
      return {
        async settle() {
          await ledger.vendorSessions.drop(vendorId);
          unsettled.delete(vendorId);
        },
      };
    },
    async recover({ vendorId: opening, sessionId, endsAt }) {
      const room = opening.split(' ')[1] ?? '';
      for (const vendorId of await calls.listInRoom(room)) {
        // One that is noted already is somebody's, or is being closed.
        if (!(await ledger.vendorSessions.note({ vendorId, session: `found ${vendorId}`, sessionId, dueAt: clock.epochMs(), endsAt, closings: 0 }))) continue;
        onFound(vendorId);
        log({ level: 'warn', event: 'hosted-find', message: 'A session was open at the vendor that nobody knew of. It is being closed.', context: { sessionId, vendorId } });
      }
      await ledger.vendorSessions.drop(opening);
      unsettled.delete(opening);
    },
  };
}

/** True when an error leaves open whether the vendor has opened a session: its own refusal does not. */
export function mayHaveOpened(error: unknown): boolean {
  if (!AvatarError.isInstance(error)) return true;
  const { reason, context } = error;
  const { code, status } = context;
  const isRefused = typeof code === 'number' || (typeof status === 'number' && status >= 400 && status < 500);
  return !isRefused && (reason === 'avatar-timeout' || reason === 'avatar-unreachable' || reason === 'message-invalid');
}
