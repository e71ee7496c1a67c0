import type { Grant } from '../grant/grant.js';

/** Later than any test runs: 2100-01-01. Milliseconds since the epoch. */
const FAR_FUTURE_MS = 4_102_444_800_000;

/**
 * Makes a grant that a session accepts, for tests that run a real session over a fake avatar service and a fake channel.
 * It opens nothing.
 *
 * @example
 * ```ts
 * const session = createAvatarSession({
 *   grant: async () => createFakeGrant(),
 *   avatar: createFakeAvatarService(),
 *   channel: createFakeChannel(),
 *   microphone: createFakeMicrophone(),
 * });
 * ```
 */
export function createFakeGrant(overrides: Partial<Grant> = {}): Grant {
  return {
    version: 1,
    sessionId: 'fake-session',
    expiresAt: FAR_FUTURE_MS,
    renewal: 'fake-renewal',
    avatar: {
      service: 'akool-streaming',
      avatarId: 'fake-avatar',
      url: 'ws://127.0.0.1/fake-relay',
      ticket: 'fake-ticket',
      ticketExpiresAt: FAR_FUTURE_MS,
    },
    channel: {
      kind: 'loopback',
      appId: 'fake-app',
      channel: 'fake-room',
      token: 'fake-token',
      uid: 1,
      avatarUid: 2,
      tokenExpiresAt: FAR_FUTURE_MS,
      url: 'ws://127.0.0.1/fake-channel',
    },
    ...overrides,
  };
}
