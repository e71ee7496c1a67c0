import { describe, expect, it } from 'vitest';
import { AvatarError } from '../../../src/errors/AvatarError.js';
import type { Grant } from '../../../src/grant/grant.js';
import { createAvatarSession } from '../../../src/session/createAvatarSession.js';
import { createFakeAvatarService } from '../../../src/testing/createFakeAvatarService.js';
import { createFakeChannel, type FakeChannel } from '../../../src/testing/createFakeChannel.js';
import { createFakeMicrophone } from '../../../src/testing/createFakeMicrophone.js';
import { createFakePlayback } from '../../../src/testing/createFakePlayback.js';
import { createFakeVoiceService } from '../../../src/testing/createFakeVoiceService.js';

const grant: Grant = {
  version: 1,
  sessionId: 'session-1',
  expiresAt: 4e12,
  endsAt: 3.9e12,
  avatar: { service: 'akool-streaming', avatarId: 'anna', url: 'ws://127.0.0.1/relay', ticket: 't', ticketExpiresAt: 4e12 },
  channel: { kind: 'loopback', appId: 'a', channel: 'room', token: 't', uid: 1, avatarUid: 2, tokenExpiresAt: 4e12, url: 'ws://127.0.0.1/channel' },
};

function setUp(channel: FakeChannel = createFakeChannel()) {
  const session = createAvatarSession({ grant, avatar: createFakeAvatarService(), channel, microphone: createFakeMicrophone() });
  return { session, channel };
}

describe('the output device', () => {
  it('is chosen for the room that is joined, and for the ones that come', async () => {
    const { session, channel } = setUp();
    await session.start();
    await session.setSpeaker('headset');
    expect(session.getSnapshot().speakerId).toBe('headset');
    await session.end();
    await session.start();
    expect(channel.calls.filter((call) => call.startsWith('speaker'))).toEqual(['speaker headset', 'speaker headset']);
    expect(session.getSnapshot().speakerId).toBe('headset');
    await session.end();
  });

  it('is chosen before the start as well, and for a voice without a face', async () => {
    const playback = createFakePlayback();
    const session = createAvatarSession({ voice: createFakeVoiceService({ grantRequest: null }), playback, microphone: createFakeMicrophone() });
    await session.setSpeaker('headset');
    await session.start();
    expect(playback.calls).toEqual(['volume 1', 'sink headset', 'start']);
    await session.setSpeaker('');
    expect(playback.calls.at(-1)).toBe('sink ');
    await session.end();
  });

  it('stays the one before when the new one cannot be had', async () => {
    const channel = createFakeChannel();
    const join = channel.join.bind(channel);
    const refusing: FakeChannel = Object.defineProperties(channel, {
      join: {
        value: async (options: Parameters<typeof join>[0]) => ({
          ...(await join(options)),
          setSpeaker: () => Promise.reject(new AvatarError('sound-unavailable', { message: 'Gone.' })),
        }),
      },
    });
    const { session } = setUp(refusing);
    await session.start();
    await expect(session.setSpeaker('gone')).rejects.toMatchObject({ reason: 'sound-unavailable' });
    expect(session.getSnapshot().speakerId).toBe('');
    await session.end();
  });
});

describe('the end of a session', () => {
  it('is known from the grant on, where the server says it', async () => {
    const { session } = setUp();
    expect(session.getSnapshot().endsAt).toBeNull();
    await session.start();
    expect(session.getSnapshot().endsAt).toBe(3.9e12);
    await session.end();
  });
});
