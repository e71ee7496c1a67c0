import type { AvatarRoom, AvatarRoomEvent } from '../../../src/services/service.js';

/** A room with nothing but data messages and presence. */
export interface FakeRoom extends AvatarRoom {
  /** What the page sent, parsed, in order. */
  readonly sent: readonly Sent[];
  readonly listenerCount: number;
  enter(uid?: number): void;
  leave(uid?: number): void;
  emit(event: AvatarRoomEvent): void;
  /** A data message of somebody in the room, the avatar by default. */
  say(message: unknown, uid?: number): void;
  /** Acknowledges the latest command, or the one given. */
  acknowledge(code?: number, message?: Sent): void;
}

export interface Sent {
  readonly v: number;
  readonly type: string;
  readonly mid: string;
  readonly idx?: number;
  readonly fin?: boolean;
  readonly pld: { readonly text?: string; readonly cmd?: string; readonly data?: unknown };
}

export const AVATAR_UID = 7;

/** Makes a room in which nobody is. `onSend` may answer at once. */
export function createFakeRoom(onSend: (message: Sent, room: FakeRoom) => void = () => undefined): FakeRoom {
  const sent: Sent[] = [];
  const listeners = new Set<(event: AvatarRoomEvent) => void>();
  let avatarUid: number | null = null;
  const room: FakeRoom = {
    sent,
    get listenerCount() {
      return listeners.size;
    },
    get avatarUid() {
      return avatarUid;
    },
    async send(payload) {
      const message: Sent = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
      sent.push(message);
      onSend(message, room);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit(event) {
      for (const listener of [...listeners]) listener(event);
    },
    enter(uid = AVATAR_UID) {
      avatarUid ??= uid;
      room.emit({ type: 'avatar-join', uid });
    },
    leave(uid = AVATAR_UID) {
      if (avatarUid === uid) avatarUid = null;
      room.emit({ type: 'avatar-leave', uid });
    },
    say: (message, uid = AVATAR_UID) => room.emit({ type: 'message', uid, payload: new TextEncoder().encode(typeof message === 'string' ? message : JSON.stringify(message)) }),
    acknowledge(code = 1000, message = sent.findLast(({ type }) => type === 'command')) {
      room.say({ v: 2, type: 'command', mid: message?.mid, pld: { cmd: message?.pld.cmd, code, msg: code === 1000 ? 'OK' : 'no' } });
    },
  };
  return room;
}

/** An avatar that acknowledges every command at once. */
export const obedient = (message: Sent, room: FakeRoom) => {
  if (message.type === 'command') room.acknowledge(1000, message);
};
