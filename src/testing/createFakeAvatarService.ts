import { AvatarError } from '../errors/AvatarError.js';
import type { AvatarConnectOptions, AvatarRoom, AvatarService, AvatarServiceEvent } from '../services/service.js';
import { createFakeLink, type FakeService } from './createFakeLink.js';

/** An avatar service without a network, for tests and stories. Notes `interrupt`, `params {...}` and `flush` as well; a hosted one `text ...` and `act {...}`. */
export interface FakeAvatarService extends AvatarService, FakeService<AvatarServiceEvent> {
  /** The room of a hosted one, once it is connected. */
  readonly room: AvatarRoom | null;
  /** What the latest connection was opened with. */
  readonly options: AvatarConnectOptions | null;
}

export interface FakeAvatarServiceOptions {
  /** `room`: one that hears and thinks for itself in the room, as Akool's liveAvatar does. Default `samples`. */
  readonly hears?: 'samples' | 'room';
}

/** Makes a service that accepts everything at once. A hosted one waits for the room, and ends with it. */
export function createFakeAvatarService({ hears = 'samples' }: FakeAvatarServiceOptions = {}): FakeAvatarService {
  const { service, note, admit } = createFakeLink<AvatarServiceEvent>();
  let room: AvatarRoom | null = null;
  let latest: AvatarConnectOptions | null = null;

  const fake: FakeAvatarService = Object.assign(service, {
    kind: 'fake',
    hears,
    room,
    options: latest,
    grantRequest: { service: 'fake' },
    async connect(options: AvatarConnectOptions) {
      latest = options;
      if (hears === 'room') room = await options.room();
      const connection = await admit(options);
      room?.subscribe((event) => {
        if (event.type === 'disconnect' && connection.isCurrent()) service.emit({ type: 'disconnect', error: event.error, unsentAudioMs: 0 });
      });
      const take = async (call: string) => {
        if (!connection.isCurrent()) throw new AvatarError('connection-lost', { message: 'The connection is gone.' });
        note(call);
      };
      options.onEvent({ type: 'connect' });
      options.onEvent({ type: 'join', channelId: options.grant.channel?.channel ?? '' });
      const mind = { sendText: (text: string) => take(`text ${text}`), act: (gesture: object) => take(`act ${JSON.stringify(gesture)}`) };
      return {
        ...connection,
        ...(hears === 'room' ? { ...mind, inputFormat: null, sendAudio: () => 0 } : {}),
        interrupt: async () => note('interrupt'),
        setParams: async (params: object) => note(`params ${JSON.stringify(params)}`),
      };
    },
  });
  Object.defineProperties(fake, { room: { get: () => room }, options: { get: () => latest } });
  return fake;
}
