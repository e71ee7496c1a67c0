import type { Clock } from '../../clock/clock.js';
import { abortReason } from '../../errors/abort.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { createFace, type Face } from '../face/createFace.js';
import type { Faults } from '../faults/createFaults.js';
import type { Rooms } from '../rooms/createRooms.js';
import { isTokenRefused } from '../rooms/isTokenRefused.js';
import { loadWebrtc } from '../webrtc/loadWebrtc.js';
import { createAvatar } from './createAvatar.js';
import type { Stage } from './stage.js';
import { takePlace } from './takePlace.js';

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
        isMute: () => faults.find('mute-avatar', { node: entrance.node, session: entrance.sessionId }) !== null,
        isFrozen: () => faults.find('freeze-video', { node: entrance.node, session: entrance.sessionId }) !== null,
        onSpeaking: entrance.onSpeaking,
      });
      return { ...takePlace({ room, entrance, avatar, webrtc, onExit: rooms.prune }), notice };
    },
  };
}
