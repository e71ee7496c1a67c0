import type { Clock } from '../../clock/clock.js';
import { createDeferred } from '../../clock/createDeferred.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { AvatarRoom } from '../service.js';

export interface WatchAvatarOptions {
  readonly room: AvatarRoom;
  readonly clock: Clock;
  /** How long the avatar may be out of the room. */
  readonly leaveGraceMs: number;
  /** A data message of the avatar, and of nobody else in the room. */
  readonly onPayload: (payload: Uint8Array) => void;
  /** The avatar has left for good, or the room is gone. Said once. */
  readonly onLost: (error: AvatarError) => void;
}

/** The avatar in its room. */
export interface AvatarWatch {
  /** Resolves when the avatar is there for the first time. */
  readonly arrival: Promise<void>;
  stop(): void;
}

/** Watches until it is stopped, or has said that the avatar is lost. */
export function watchAvatar({ room, clock, leaveGraceMs, onPayload, onLost }: WatchAvatarOptions): AvatarWatch {
  const arrival = createDeferred();
  let avatarUid: number | null = null;
  let cancelGrace = () => {};

  function welcome(uid: number): void {
    // Whoever was there first is the avatar until it leaves.
    if (avatarUid !== null) return;
    avatarUid = uid;
    cancelGrace();
    arrival.resolve();
  }

  function stop(): void {
    cancelGrace();
    unsubscribe();
  }

  function lose(error: AvatarError): void {
    stop();
    onLost(error);
  }

  const unsubscribe = room.subscribe((event) => {
    switch (event.type) {
      case 'message':
        return event.uid === avatarUid ? onPayload(event.payload) : undefined;
      case 'avatar-join':
        return welcome(event.uid);
      case 'avatar-leave':
        if (event.uid !== avatarUid) return;
        avatarUid = null;
        // Another one may have been there all along.
        if (room.avatarUid !== null && room.avatarUid !== event.uid) return welcome(room.avatarUid);
        cancelGrace = clock.schedule(() => lose(gone(leaveGraceMs)), leaveGraceMs);
        return;
      case 'disconnect':
        return lose(event.error);
    }
  });
  if (room.avatarUid !== null) welcome(room.avatarUid);
  return { arrival: arrival.promise, stop };
}

function gone(leaveGraceMs: number): AvatarError {
  return new AvatarError('connection-lost', { message: `The avatar left the room and has not come back within ${leaveGraceMs / 1000} s.` });
}
