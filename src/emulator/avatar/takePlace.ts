import type { Member, Room } from '../rooms/createRoom.js';
import type { Webrtc } from '../webrtc/loadWebrtc.js';
import type { Avatar } from './createAvatar.js';
import { createEars } from './createEars.js';
import type { StagedAvatar, StageEntrance } from './stage.js';

export interface PlaceOptions {
  readonly room: Room;
  readonly entrance: StageEntrance;
  readonly avatar: Avatar;
  /** Null when no engine is installed: the avatar is then deaf. */
  readonly webrtc: Webrtc | null;
  /** Called after the avatar has left: an empty room can go. */
  readonly onExit: () => void;
}

/** Puts an avatar into a room under its uid, in place of whoever has that uid. */
export function takePlace({ room, entrance, avatar, webrtc, onExit }: PlaceOptions): Omit<StagedAvatar, 'notice'> {
  const { uid, onMessage, onSound, onSoundEnd = () => undefined } = entrance;
  const ears = webrtc && onSound ? createEars({ webrtc, onSound, onSoundEnd }) : null;
  let watchers = 0;
  let left = false;

  function leave(): void {
    if (left) return;
    left = true;
    ears?.close();
    room.exit(member, 'Quit');
    onExit();
    avatar.close();
  }

  /** Other avatars are not listened to: two of them would never stop to talk to each other. */
  function listenTo(speaker: number): void {
    const publication = room.publication(speaker, 'audio');
    if (publication && room.member(speaker)?.kind === 'browser') ears?.listenTo(publication);
  }

  const notify: Member['notify'] = (message) => {
    if (message.type === 'message') onMessage?.(message.uid, Buffer.from(message.payload, 'base64'));
    if (message.type === 'user-published') listenTo(message.uid);
  };
  const member: Member = { uid, kind: 'avatar', notify, withdraw: (publication) => ears?.forget(publication), kick: leave };

  // A browser that took the avatar's uid is put out; an avatar of another node has been replaced by this one.
  room.member(uid)?.kick('UID_CONFLICT');
  for (const user of room.enter(member)) listenTo(user.uid);
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
    leave,
    speak(samples) {
      // An avatar that another node has replaced is still talked to by its own client.
      if (!left) avatar.speak(samples);
    },
    interrupt: avatar.interrupt,
    send(payload) {
      if (!left) room.broadcast(uid, { type: 'message', uid, payload: Buffer.from(payload).toString('base64') });
    },
  };
}
