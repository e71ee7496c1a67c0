import type { AvatarService, AvatarServiceEvent } from '../services/service.js';
import { createFakeLink, type FakeService } from './createFakeLink.js';

/** An avatar service without a network, for tests and stories. Notes `interrupt`, `params {...}` and `flush` as well. */
export interface FakeAvatarService extends AvatarService, FakeService<AvatarServiceEvent> {}

/** Makes a service that accepts everything at once. */
export function createFakeAvatarService(): FakeAvatarService {
  const { service, note, admit } = createFakeLink<AvatarServiceEvent>();
  return Object.assign(service, {
    kind: 'fake',
    grantRequest: { service: 'fake' },
    async connect(options: Parameters<AvatarService['connect']>[0]) {
      const connection = await admit(options);
      options.onEvent({ type: 'connect' });
      options.onEvent({ type: 'join', channelId: options.grant.channel?.channel ?? '' });
      return {
        ...connection,
        interrupt: async () => note('interrupt'),
        setParams: async (params: object) => note(`params ${JSON.stringify(params)}`),
      };
    },
  });
}
