import type { Clock } from '../../clock/clock.js';
import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { createFace, type Face } from '../face/createFace.js';
import type { Faults } from '../faults/createFaults.js';
import type { Member, Room } from '../rooms/createRoom.js';
import type { Rooms } from '../rooms/createRooms.js';
import { isTokenRefused } from '../rooms/isTokenRefused.js';
import { loadWebrtc } from '../webrtc/loadWebrtc.js';
import { createAvatar, type Avatar } from './createAvatar.js';
import type { Stage, StagedAvatar, StageEntrance } from './stage.js';

export interface StageOptions {
  readonly rooms: Rooms;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** Makes the stage of this emulator: avatars appear in its own rooms. */
export function createStage({ rooms, faults, clock, log }: StageOptions): Stage {
  // Drawing a face's still layers takes a while, so a node keeps its face. Every node has its own way of blinking.
  const faces = new Map<number, Promise<Face>>();
  const faceOf = (node: number) => {
    const face = faces.get(node) ?? createFace({ seed: node + 1 });
    faces.set(node, face);
    return face;
  };

  return {
    async enter(entrance) {
      if (isTokenRefused(entrance.token)) {
        throw new AvatarError('channel-token-expired', { message: "The channel refused the avatar's token." });
      }
      const missing: string[] = [];
      const noteMissing = (cause: unknown) => {
        if (!AvatarError.isInstance(cause)) throw cause;
        missing.push(cause.message);
        return null;
      };
      const webrtc = await loadWebrtc().catch(noteMissing);
      const face = webrtc ? await faceOf(entrance.node).catch(noteMissing) : null;
      if (entrance.signal.aborted) throw abortReason(entrance.signal);
      const notice = missing.join(' ') || null;
      if (notice) log(notice);

      const room = rooms.open(entrance.appId, entrance.channel);
      const avatar = createAvatar({
        clock,
        webrtc,
        face,
        isFrozen: () => faults.find('freeze-video', { node: entrance.node, session: entrance.sessionId }) !== null,
        onSpeaking: entrance.onSpeaking,
      });
      return { ...takePlace(room, entrance, avatar, rooms.prune), notice };
    },
  };
}

/** Puts an avatar into a room under its uid, in place of whoever has that uid. */
function takePlace(room: Room, { uid, onMessage }: StageEntrance, avatar: Avatar, prune: () => void): Omit<StagedAvatar, 'notice'> {
  let watchers = 0;
  let left = false;

  const leave = () => {
    if (left) return;
    left = true;
    room.exit(member, 'Quit');
    prune();
    avatar.close();
  };
  const notify: Member['notify'] = (message) => {
    if (message.type === 'message') onMessage?.(message.uid, Buffer.from(message.payload, 'base64'));
  };
  const member: Member = { uid, kind: 'avatar', notify, withdraw: () => undefined, kick: leave };

  // A browser that took the avatar's uid is put out; an avatar of another node has been replaced by this one.
  room.member(uid)?.kick('UID_CONFLICT');
  room.enter(member);
  const { stream, voiceTrack, pictureTrack } = avatar;
  if (stream && pictureTrack) {
    const onSubscribers = (change: 1 | -1) => {
      watchers += change;
      avatar.setWatched(watchers > 0);
    };
    room.publish({ uid, media: 'video', track: pictureTrack, stream, onSubscribers });
  }
  if (stream && voiceTrack) room.publish({ uid, media: 'audio', track: voiceTrack, stream });
  return {
    speak(samples) {
      // An avatar that another node has replaced is still talked to by its own client.
      if (!left) avatar.speak(samples);
    },
    interrupt: avatar.interrupt,
    send(payload) {
      if (!left) room.broadcast(uid, { type: 'message', uid, payload: Buffer.from(payload).toString('base64') });
    },
    leave,
  };
}
