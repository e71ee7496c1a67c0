import { withTimeout } from '../../clock/withTimeout.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { Lease } from '../../grant/grant.js';
import type { ConnectionLife } from '../createConnectionLife.js';
import type { AvatarConnectOptions, AvatarRoom } from '../service.js';
import { createLeaseKeeper, type LeaseKeeper } from './createLeaseKeeper.js';
import type { HostedSettings } from './hostedSettings.js';
import { watchAvatar, type AvatarWatch } from './watchAvatar.js';

export interface StayOptions {
  readonly connection: Pick<AvatarConnectOptions, 'room' | 'keepLease' | 'clock' | 'onEvent'>;
  readonly lease: Lease;
  readonly settings: HostedSettings;
  /** Is ended when the avatar, its room or its session is lost. */
  readonly life: ConnectionLife;
  /** A data message of the avatar. */
  readonly onPayload: (payload: Uint8Array) => void;
}

/** The time that a hosted avatar spends with this page: from its session's being prepared to its leaving. */
export interface Stay {
  /** Resolves when the avatar is in the room. Rejects with `avatar-timeout`, or with what the life was ended with. */
  meet(): Promise<AvatarRoom>;
  /** The connection is ready: the lease is kept at its own pace. */
  settle(): void;
  end(): void;
}

/** Makes a stay that has not begun. */
export function createStay({ connection, lease, settings, life, onPayload }: StayOptions): Stay {
  const { keepLease, clock, onEvent } = connection;
  let watch: AvatarWatch | null = null;
  const keeper: LeaseKeeper | null =
    keepLease &&
    createLeaseKeeper({
      keepLease,
      keepIntervalMs: lease.keepIntervalMs,
      clock,
      onProgress: (stage) => onEvent({ type: 'progress', stage }),
      onOver: life.end,
    });

  return {
    async meet() {
      // Before the room is joined, which takes a while: a vendor that has failed is known at once.
      keeper?.start();
      const room = await life.unlessOver(connection.room());
      const { arrival } = (watch = watchAvatar({ room, clock, leaveGraceMs: settings.leaveGraceMs, onPayload, onLost: life.end }));
      // It may have ended at the same moment that the room was joined.
      if (life.isOver) watch.stop();
      await withTimeout(life.unlessOver(arrival), clock, settings.joinTimeoutMs, () =>
        new AvatarError('avatar-timeout', { message: `The avatar did not come into the room within ${settings.joinTimeoutMs / 1000} s. The vendor may be busy; try again.` }),
      );
      return room;
    },
    settle: () => keeper?.settle(),
    end() {
      keeper?.stop();
      watch?.stop();
    },
  };
}
