import type { LoopbackUser } from './LoopbackClient.js';
import type { Media, RoomUser } from './messages.js';

/** The other members of a room. */
export interface Roster {
  add(member: RoomUser): LoopbackUser;
  get(uid: number): LoopbackUser | undefined;
  all(): LoopbackUser[];
  setPublished(user: LoopbackUser, media: Media, published: boolean): void;
  stopTrack(user: LoopbackUser, media: Media): void;
  remove(user: LoopbackUser): void;
  clear(): void;
}

/** Makes an empty roster. `onDrop` hears of each track that is let go. */
export function createRoster(onDrop: (uid: number, media: Media) => void): Roster {
  const users = new Map<number, LoopbackUser>();

  function stopTrack(user: LoopbackUser, media: Media): void {
    if (media === 'audio') {
      user.audioTrack?.stop();
      user.audioTrack = undefined;
    } else {
      user.videoTrack?.stop();
      user.videoTrack = undefined;
    }
    onDrop(user.uid, media);
  }

  function remove(user: LoopbackUser): void {
    users.delete(user.uid);
    stopTrack(user, 'audio');
    stopTrack(user, 'video');
  }

  return {
    add({ uid, hasAudio, hasVideo }) {
      const user: LoopbackUser = { uid, hasAudio, hasVideo, audioTrack: undefined, videoTrack: undefined };
      users.set(uid, user);
      return user;
    },
    get: (uid) => users.get(uid),
    all: () => [...users.values()],
    setPublished(user, media, published) {
      if (media === 'audio') user.hasAudio = published;
      else user.hasVideo = published;
      if (!published) stopTrack(user, media);
    },
    stopTrack,
    remove,
    clear() {
      for (const user of [...users.values()]) remove(user);
    },
  };
}
