import { AvatarError } from '../../errors/AvatarError.js';
import type { Subject } from '../AvatarServerOptions.js';
import { hostedLooksSchema, type HostedWish } from '../hosted/hostedWish.js';
import type { DveConfig, ServerConfig } from '../resolveServerOptions.js';
import { chooseAvatar } from './chooseAvatar.js';
import type { SessionRequest } from './requestBodies.js';

/** What a session is made of. At least one of them is there. */
export interface SessionParts {
  readonly avatar: AvatarChoice | null;
  readonly voice: VoiceChoice | null;
}

export type AvatarChoice = HostedWish | { readonly service: 'akool-streaming'; readonly avatarId: string };

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
  return {
    avatar: wantsAvatar ? chooseService(config, request, subject) : null,
    voice: request.voice === undefined ? null : chooseVoice(config.dve, request.voice),
  };
}

/** Without a wish, the service that this server has; of several, streaming. */
function chooseService({ avatar, hosted }: ServerConfig, request: SessionRequest, subject: Subject): AvatarChoice {
  const service = request.service ?? (avatar === null ? hosted?.services[0] : undefined) ?? 'akool-streaming';
  if (service === 'akool-streaming') {
    if (avatar === null) throw notGranted(service, 'akool and channel');
    return { service, avatarId: chooseAvatar(request.avatarId, avatar.akool.defaultAvatarId, subject) };
  }
  if (hosted === null || !hosted.services.includes(service)) throw notGranted(service, 'akoolLive, whose api must allow it');
  // Parsing again picks out the fields; they were checked with the rest.
  return { service, avatarId: chooseAvatar(request.avatarId, hosted.defaultAvatarId, subject), looks: hostedLooksSchema.parse(request) };
}

function notGranted(service: string, options: string): AvatarError {
  return new AvatarError('server-misconfigured', { message: `This server grants no avatars of ${service}. Operator: set the options ${options}.` });
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
