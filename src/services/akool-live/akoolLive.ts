import { loadPart } from '../../errors/loadPart.js';
import type { AvatarService } from '../service.js';
import { checkDurations, hostedSettings, hostedWishes, type HostedOptions, type HostedSettings } from './hostedSettings.js';

/** Options of the Akool liveAvatar. */
export interface AkoolLiveOptions extends HostedOptions {
  /** Time for a command's acknowledgement. Default 10,000. */
  readonly ackTimeoutMs?: number;
}

/** Options with every default filled in. */
export type AkoolLiveSettings = HostedSettings & Required<Pick<AkoolLiveOptions, 'ackTimeoutMs'>>;

/**
 * The Akool liveAvatar: it hears the microphone in the room, thinks, and answers by itself. The server opens its session and closes it.
 *
 * @example
 * ```ts
 * const session = createAvatarSession({ grant: '/api/avatar', avatar: akoolLive({ mode: 'dialogue', language: 'en' }) });
 * await session.start();
 * await session.sendText('What is the weather like?');
 * await session.act({ action: 'hand_wave' });
 * ```
 * @throws AvatarError `invalid-options` when a time is not a positive number, or the mode is not one.
 * @see the vendor's "Message protocol v2"
 */
export function akoolLive(options: AkoolLiveOptions = {}): AvatarService {
  const { ackTimeoutMs = 10_000 } = options;
  checkDurations('akoolLive', { ackTimeoutMs });
  const settings: AkoolLiveSettings = { ...hostedSettings('akoolLive', options), ackTimeoutMs };
  return {
    kind: 'akool-live',
    hears: 'room',
    takesText: true,
    grantRequest: hostedWishes('akool-live', options),
    preload: load,
    async connect(connectOptions) {
      const { connectAkoolLive } = await load();
      return connectAkoolLive(settings, connectOptions);
    },
  };
}

function load(): Promise<typeof import('./connectAkoolLive.js')> {
  return loadPart('What talks to the hosted avatar', () => import('./connectAkoolLive.js'));
}
