import { AvatarError } from '../errors/AvatarError.js';
import type { VoiceImage, VoiceService, VoiceServiceEvent } from '../services/service.js';
import { createFakeLink, type FakeService } from './createFakeLink.js';

/** A voice service without a network, for tests and stories. Notes `text ...`, `image png`, `interrupt` and `flush` as well. */
export interface FakeVoiceService extends VoiceService, FakeService<VoiceServiceEvent> {}

export interface FakeVoiceServiceOptions {
  /** What it asks of the session route; null (default): nothing. */
  readonly grantRequest?: Readonly<Record<string, unknown>> | null;
}

/** Makes a service that accepts everything at once and says only what it is told to. */
export function createFakeVoiceService({ grantRequest = null }: FakeVoiceServiceOptions = {}): FakeVoiceService {
  const { service, note, admit } = createFakeLink<VoiceServiceEvent>();
  return Object.assign(service, {
    kind: 'fake',
    grantRequest,
    async connect(options: Parameters<VoiceService['connect']>[0]) {
      const connection = await admit(options);
      const take = async (call: string) => {
        if (!connection.isCurrent()) throw new AvatarError('connection-lost', { message: 'The connection is gone.' });
        note(call);
      };
      options.onEvent({ type: 'connect' });
      return {
        ...connection,
        sendText: (text: string) => take(`text ${text}`),
        sendImage: ({ format }: VoiceImage) => take(`image ${format}`),
        interrupt: () => take('interrupt'),
      };
    },
  });
}
