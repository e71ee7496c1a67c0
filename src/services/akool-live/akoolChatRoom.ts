import { loadPart } from '../../errors/loadPart.js';
import type { AvatarService } from '../service.js';
import { checkDurations, hostedSettings, hostedWishes, type HostedOptions, type HostedSettings } from './hostedSettings.js';

/** Options of the older chat room of Akool's hosted avatar. */
export interface AkoolChatRoomOptions extends HostedOptions {
  /** Time for the relay socket to open. Default 20,000. */
  readonly connectTimeoutMs?: number;
  /** The constructor to use where the platform has none. */
  readonly WebSocket?: typeof WebSocket;
}

/** Options with every default filled in. */
export type AkoolChatRoomSettings = HostedSettings &
  Required<Pick<AkoolChatRoomOptions, 'connectTimeoutMs'>> &
  Pick<AkoolChatRoomOptions, 'WebSocket' | 'voiceId' | 'language'>;

/**
 * Akool's hosted avatar by its version 3 interface: what it is asked travels through a chat room of its own, its face through the room.
 * It has no gestures and no command that interrupts it; `akoolLive` has both. Each question says how it is meant: the mode is `dialogue`
 * unless said otherwise.
 *
 * @example
 * ```ts
 * const session = createAvatarSession({ grant: '/api/avatar', avatar: akoolChatRoom({ avatarId: 'Kai_1080P_back' }) });
 * ```
 * @throws AvatarError `invalid-options` when a time is not a positive number, or the mode is not one.
 */
export function akoolChatRoom(options: AkoolChatRoomOptions = {}): AvatarService {
  const { connectTimeoutMs = 20_000, voiceId, language, WebSocket } = options;
  checkDurations('akoolChatRoom', { connectTimeoutMs });
  const settings: AkoolChatRoomSettings = { ...hostedSettings('akoolChatRoom', options), connectTimeoutMs, voiceId, language, WebSocket };
  return {
    kind: 'akool-chat-room',
    hears: 'room',
    takesText: true,
    grantRequest: hostedWishes('akool-chat-room', options),
    preload: load,
    async connect(connectOptions) {
      const { connectAkoolChatRoom } = await load();
      return connectAkoolChatRoom(settings, connectOptions);
    },
  };
}

function load(): Promise<typeof import('./connectAkoolChatRoom.js')> {
  return loadPart('What talks to the hosted avatar', () => import('./connectAkoolChatRoom.js'));
}
