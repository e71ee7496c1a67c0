import { expect, it } from 'vitest';
import { createAvatarSession } from '../../../src/client.js';
import { createFakeAvatarService, createFakeChannel, createFakeGrant, createFakeMicrophone } from '../../../src/testing.js';

it('takes a real session over fakes live, and what the user says to the avatar', async () => {
  const avatar = createFakeAvatarService();
  const microphone = createFakeMicrophone();
  const session = createAvatarSession({ grant: async () => createFakeGrant(), avatar, channel: createFakeChannel(), microphone });
  await session.start();
  expect(session.getSnapshot().status).toBe('live');
  microphone.say(new Int16Array(1_600).fill(1_000));
  await expect.poll(() => avatar.received().length).toBeGreaterThan(0);
  await session.end();
  expect(microphone.listenerCount).toBe(0);
});

it('lets a test name what it cares about', () => {
  expect(createFakeGrant({ sessionId: 'mine' })).toMatchObject({ version: 1, sessionId: 'mine' });
});
