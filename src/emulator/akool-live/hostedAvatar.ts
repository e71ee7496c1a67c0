import type { Clock } from '../../clock/clock.js';
import type { Stage } from '../avatar/stage.js';
import type { FaultRequest, Faults } from '../faults/createFaults.js';
import type { SessionRecord } from '../sessions/createSessionLog.js';

/** Where a hosted avatar is to appear. */
export interface HostedPlace {
  readonly appId: string;
  readonly channel: string;
  readonly token: string;
  readonly uid: number;
  /** Chooses the face. */
  readonly node: number;
}

export interface HostedAvatarOptions {
  readonly stage: Stage;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  readonly record: SessionRecord;
  readonly sessionId: string;
  readonly mode: number;
}

/** The avatar of one hosted session, whichever way it is talked to. */
export interface HostedAvatar {
  /** Goes into a room. @throws AvatarError `channel-token-expired`, `channel-failed` */
  appear(place: HostedPlace, signal: AbortSignal): Promise<void>;
  /** Lets a fault of the kind that acts at once happen. @returns whether it knows the fault. */
  strike(fault: FaultRequest): boolean;
  /** Leaves the room and says no more. Idempotent. */
  leave(): void;
  /** Leaves and hangs up. Idempotent. */
  close(): void;
}
