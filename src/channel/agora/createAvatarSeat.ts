import type { AgoraRemoteUser } from './agoraClient.js';

export interface AvatarSeatOptions {
  /** Absent: whoever is in the room first is the avatar, until it leaves. */
  readonly avatarUid: number | undefined;
  /** Everybody who is in the room now. */
  readonly users: () => readonly AgoraRemoteUser[];
  readonly onJoin: (user: AgoraRemoteUser) => void;
  readonly onLeave: (user: AgoraRemoteUser) => void;
}

/** Knows which of the others in the room is the avatar. */
export interface AvatarSeat {
  /** Null while it is not in the room. */
  readonly uid: number | string | null;
  isAvatar(user: AgoraRemoteUser): boolean;
  /** Somebody is in the room. Told of as often as one likes. */
  meet(user: AgoraRemoteUser): void;
  /** @returns who is the avatar instead, having been in the room before; else null */
  leave(user: AgoraRemoteUser): AgoraRemoteUser | null;
}

/** Makes an empty seat. */
export function createAvatarSeat({ avatarUid, users, onJoin, onLeave }: AvatarSeatOptions): AvatarSeat {
  let seated: AgoraRemoteUser['uid'] | null = null;

  function meet(user: AgoraRemoteUser): void {
    if (seated !== null || (avatarUid !== undefined && Number(user.uid) !== avatarUid)) return;
    seated = user.uid;
    onJoin(user);
  }

  return {
    get uid() {
      return seated;
    },
    isAvatar: (user) => user.uid === seated,
    meet,
    leave(user) {
      if (user.uid !== seated) return null;
      seated = null;
      onLeave(user);
      for (const other of users()) if (other.uid !== user.uid) meet(other);
      return users().find(({ uid }) => uid === seated) ?? null;
    },
  };
}
