import { AvatarError } from '../../errors/AvatarError.js';
import type { AvatarParams } from '../service.js';
import { checkLiveParams } from './toLiveParams.js';

/** What a question of the chat room can say. */
const CARRIED: readonly string[] = ['voiceId', 'voiceUrl', 'language', 'mode'];

/** @throws AvatarError `avatar-refused` for a value that is wrong, or that the chat room has no way to set. */
export function checkChatRoomParams(params: AvatarParams): void {
  checkLiveParams(params);
  for (const [parameter, value] of Object.entries(params)) {
    if (value === undefined || value === '' || CARRIED.includes(parameter)) continue;
    throw new AvatarError('avatar-refused', {
      message: `The chat room cannot set ${parameter}: it takes ${CARRIED.join(', ')}. A background is an option of akoolChatRoom(); the rest needs akoolLive().`,
      context: { parameter },
    });
  }
}
