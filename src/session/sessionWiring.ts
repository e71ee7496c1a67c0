import { AvatarError } from '../errors/AvatarError.js';
import type { GrantOption } from '../grant/createGrantSource.js';
import type { AvatarService, VoiceService } from '../services/service.js';
import { akoolStreaming } from '../services/akool-streaming/akoolStreaming.js';
import type { SessionPart } from './SessionEvent.js';

/** What decides how a session is wired. */
export interface WiringOptions {
  readonly grant?: GrantOption | undefined;
  readonly avatar?: AvatarService | undefined;
  readonly voice?: VoiceService | undefined;
  readonly input?: 'microphone' | 'none' | undefined;
}

/** The services of a session and the parts that follow from them. */
export interface SessionWiring {
  /** Null: nobody is seen. */
  readonly avatar: AvatarService | null;
  /** Null: what the microphone hears goes straight to the avatar. */
  readonly voice: VoiceService | null;
  /** Whether somebody hears the user and answers, or the avatar says what it is sent. */
  readonly thinksForItself: boolean;
  /** Null: nothing in this wiring needs a server. */
  readonly grant: GrantOption | null;
  /** What the session route is asked for. */
  readonly wishes: Readonly<Record<string, unknown>>;
  readonly unused: readonly SessionPart[];
}

/** What a session is, whatever state it is in. */
export function sessionTraits({ avatar, voice, unused }: SessionWiring): { readonly usesMicrophone: boolean; readonly usesAvatar: boolean; readonly takesText: boolean } {
  return {
    usesMicrophone: !unused.includes('microphone'),
    usesAvatar: avatar !== null,
    takesText: voice ? voice.takesText !== false : avatar?.takesText === true,
  };
}

/**
 * Works out which of the five wirings the options describe.
 * @throws AvatarError `invalid-options`
 */
export function sessionWiring({ grant, avatar: given, voice = null, input }: { voice?: VoiceService | null } & Omit<WiringOptions, 'voice'>): SessionWiring {
  const avatar = given ?? (voice ? null : akoolStreaming());
  const needsGrant = avatar !== null || voice?.grantRequest != null;
  if (needsGrant && !grant) {
    throw new AvatarError('invalid-options', { message: 'createAvatarSession needs grant: the URL of the session route, alone or with headers, a function, or a grant.' });
  }
  const unused: SessionPart[] = [];
  if (!needsGrant) unused.push('grant');
  if (!avatar) unused.push('avatar', 'channel');
  if (!voice) unused.push('voice');
  if (input === 'none') unused.push('microphone');
  return {
    avatar,
    voice,
    thinksForItself: voice !== null || avatar?.hears === 'room',
    grant: needsGrant && grant ? grant : null,
    wishes: { ...(avatar ? avatar.grantRequest : { avatar: false }), ...voice?.grantRequest },
    unused,
  };
}
