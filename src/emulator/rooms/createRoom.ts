import type { Media, RoomMessage, RoomUser } from '../../channel/loopback/messages.js';

/** A track that a member offers to the others. */
export interface Publication {
  readonly uid: number;
  readonly media: Media;
  readonly track: MediaStreamTrack;
  /** Tracks of one stream are kept in sync by the receiver. */
  readonly stream: MediaStream;
  /** Told when a member begins (+1) or ceases (-1) to receive the track. */
  readonly onSubscribers?: (change: 1 | -1) => void;
}

/** Somebody in a room: a browser, or an avatar that a node has sent. */
export interface Member {
  readonly uid: number;
  readonly kind: 'browser' | 'avatar';
  /** Tells the member something. */
  notify(message: RoomMessage): void;
  /** A publication is gone: this member gets no more of it. */
  withdraw(publication: Publication): void;
  /** Puts the member out. It calls `exit` by itself. */
  kick(reason: 'UID_CONFLICT' | 'UID_BANNED' | 'TOKEN_EXPIRE' | 'SERVER_ERROR'): void;
}

export type ExitReason = Extract<RoomMessage, { type: 'user-left' }>['reason'];

/** Who is in a channel and what they publish. Knows nothing of sockets or peer connections. */
export interface Room {
  readonly empty: boolean;
  /** @returns who else is there. */
  enter(member: Member): readonly RoomUser[];
  /** Takes the member's publications along. Idempotent. */
  exit(member: Member, reason: ExitReason): void;
  member(uid: number): Member | null;
  members(): readonly Member[];
  publish(publication: Publication): void;
  unpublish(uid: number, media: Media): void;
  publication(uid: number, media: Media): Publication | null;
  /** Sends a message to everyone but the member itself. */
  broadcast(from: number, message: RoomMessage): void;
}

/** Makes an empty room. */
export function createRoom(): Room {
  const members = new Map<number, Member>();
  const publications = new Map<string, Publication>();
  const key = (uid: number, media: Media) => `${uid}/${media}`;

  function broadcast(from: number, message: RoomMessage): void {
    for (const member of [...members.values()]) if (member.uid !== from) member.notify(message);
  }

  function unpublish(uid: number, media: Media): void {
    const publication = publications.get(key(uid, media));
    if (!publication) return;
    publications.delete(key(uid, media));
    for (const member of [...members.values()]) member.withdraw(publication);
    broadcast(uid, { type: 'user-unpublished', uid, media });
  }

  return {
    broadcast,
    unpublish,
    get empty() {
      return members.size === 0;
    },
    enter(member) {
      const users = [...members.keys()].map((uid) => ({
        uid,
        hasAudio: publications.has(key(uid, 'audio')),
        hasVideo: publications.has(key(uid, 'video')),
      }));
      members.set(member.uid, member);
      broadcast(member.uid, { type: 'user-joined', uid: member.uid });
      return users;
    },
    exit(member, reason) {
      if (members.get(member.uid) !== member) return;
      unpublish(member.uid, 'audio');
      unpublish(member.uid, 'video');
      members.delete(member.uid);
      broadcast(member.uid, { type: 'user-left', uid: member.uid, reason });
    },
    member: (uid) => members.get(uid) ?? null,
    members: () => [...members.values()],
    publish(publication) {
      publications.set(key(publication.uid, publication.media), publication);
      broadcast(publication.uid, { type: 'user-published', uid: publication.uid, media: publication.media });
    },
    publication: (uid, media) => publications.get(key(uid, media)) ?? null,
  };
}
