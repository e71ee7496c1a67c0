import { AvatarError } from '../../errors/AvatarError.js';
import type { Subject } from '../AvatarServerOptions.js';
import type { DveConfig, ServerConfig } from '../resolveServerOptions.js';
import { chooseAvatar } from './chooseAvatar.js';
import type { SessionRequest } from './requestBodies.js';

/** What a session is made of. At least one of them is there. */
export interface SessionParts {
  readonly avatarId: string | null;
  readonly voice: VoiceChoice | null;
}

export interface VoiceChoice {
  readonly assistantId: string;
  readonly vision: boolean;
}

/**
 * The avatar and the voice to grant. An avatar is granted unless the request says that it wants none.
 *
 * @throws `not-authorized`, `invalid-options` or `server-misconfigured` for what cannot be granted.
 */
export function chooseParts(config: ServerConfig, request: SessionRequest, subject: Subject): SessionParts {
  const wantsAvatar = request.avatar !== false && request.service !== null;
  if (!wantsAvatar && request.voice === undefined)
    throw new AvatarError('invalid-options', { message: 'The request wants neither an avatar nor a voice. Ask for one of them.' });
  if (wantsAvatar && config.avatar === null)
    throw new AvatarError('server-misconfigured', { message: 'This server grants no avatars. Operator: set the options akool and channel.' });
  return {
    avatarId: wantsAvatar && config.avatar !== null ? chooseAvatar(request.avatarId, config.avatar.akool.defaultAvatarId, subject) : null,
    voice: request.voice === undefined ? null : chooseVoice(config.dve, request.voice),
  };
}

function chooseVoice(dve: DveConfig | null, wish: NonNullable<SessionRequest['voice']>): VoiceChoice {
  if (dve === null) throw new AvatarError('server-misconfigured', { message: 'This server grants no voices. Operator: set the option dve.' });
  const assistantId = wish.assistantId ?? dve.defaultAssistantId;
  if (assistantId === null)
    throw new AvatarError('invalid-options', { message: 'No assistant was named. Pass assistantId, or set dve.assistantId on the server.' });
  if (dve.allowedAssistants !== null && assistantId !== dve.defaultAssistantId && !dve.allowedAssistants.has(assistantId))
    throw new AvatarError('not-authorized', { message: 'You are not allowed to talk to this assistant. Choose another.' });
  return { assistantId, vision: wish.vision ?? false };
}
