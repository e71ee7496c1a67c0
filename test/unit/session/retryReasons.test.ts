import { describe, expect, it } from 'vitest';
import { AvatarError, type AvatarErrorReason } from '../../../src/errors/AvatarError.js';
import type { GrantRequest } from '../../../src/grant/createGrantSource.js';
import { createAvatarSession } from '../../../src/session/createAvatarSession.js';
import { createFakeAvatarService } from '../../../src/testing/createFakeAvatarService.js';
import { createFakeChannel } from '../../../src/testing/createFakeChannel.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

const failure = (reason: AvatarErrorReason) => new AvatarError(reason, { message: reason });

function setUp() {
  const clock = createManualClock();
  const avatar = createFakeAvatarService();
  const requests: GrantRequest['purpose'][] = [];
  const session = createAvatarSession({
    avatar,
    grant: async ({ purpose }: GrantRequest) => {
      requests.push(purpose);
      return {
        version: 1,
        sessionId: 's',
        expiresAt: 4e12,
        renewal: 'pass',
        avatar: { service: 'akool-streaming', avatarId: 'a', url: 'ws://127.0.0.1/relay', ticket: `t${requests.length}`, ticketExpiresAt: 4e12 },
        channel: { kind: 'loopback', appId: 'a', channel: 'room', token: 't', uid: 1, avatarUid: 2, tokenExpiresAt: 4e12, url: 'ws://127.0.0.1/channel' },
      };
    },
    channel: createFakeChannel(),
    input: 'none',
    clock,
  });
  const connects = () => avatar.calls.filter((call) => call === 'connect').length;
  return { clock, avatar, requests, session, connects, status: () => session.getSnapshot().status };
}

describe.each(['while it connects', 'when it was live'])('an avatar service that refuses %s', (when) => {
  async function strike(reason: AvatarErrorReason) {
    const test = setUp();
    const error = failure(reason);
    await test.session.preload();
    let starting: Promise<unknown> = Promise.resolve();
    if (when === 'while it connects') {
      test.avatar.refuseNext(error);
      starting = test.session.start().catch((cause: unknown) => cause);
    } else {
      await test.session.start();
      test.avatar.emit({ type: 'disconnect', error, unsentAudioMs: 0 });
    }
    await test.clock.advance(0);
    const before = test.connects();
    return { ...test, starting, before };
  }

  it('because it is taken (4003): the session asks the server for another node and goes on', async () => {
    const { clock, requests, session, status, before, connects, starting } = await strike('avatar-busy');
    await clock.advance(1000);
    await starting;
    expect([status(), requests, connects()]).toEqual(['live', ['start', 'renew'], before + 1]);
    await session.end();
  });

  it('because it is too soon (4004): the session waits a second at least', async () => {
    const { clock, session, status, before, connects, starting } = await strike('reconnect-too-soon');
    await clock.advance(999);
    expect(connects()).toBe(before);
    await clock.advance(2000);
    await starting;
    expect([status(), connects()]).toEqual(['live', before + 1]);
    await session.end();
  });

  it('because of its key (4001): the session fails and does not try again', async () => {
    const { clock, session, status, before, connects, starting } = await strike('key-rejected');
    await clock.advance(60_000);
    await starting;
    expect([status(), session.getSnapshot().error?.reason, connects()]).toEqual(['failed', 'key-rejected', before]);
    expect(clock.pending).toBe(0);
  });
});

it('hands on every message of the avatar service, of known and of unknown kinds', async () => {
  const { avatar, session } = setUp();
  const heard: unknown[] = [];
  session.on('avatar-message', ({ message }) => heard.push(message));
  await session.start();
  const messages = [{ v: 2, type: 'ack', pld: {} }, { type: 'novelty' }, { type: 7, deep: [{}] }];
  for (const message of messages) avatar.emit({ type: 'message', message });
  expect(heard).toEqual(messages);
  await session.end();
});
