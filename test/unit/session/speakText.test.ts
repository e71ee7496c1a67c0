import { expect, it } from 'vitest';
import { pipeline } from '../../../src/services/pipeline/pipeline.js';
import { createAvatarSession } from '../../../src/session/createAvatarSession.js';
import { createFakeAvatarService } from '../../../src/testing/createFakeAvatarService.js';
import { createFakeChannel } from '../../../src/testing/createFakeChannel.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

const speechOf = (sentence: string) => new Int16Array(sentence.length * 160).fill(sentence.length);

async function start(voiced = true) {
  const clock = createManualClock();
  const avatar = createFakeAvatarService();
  const session = createAvatarSession({
    avatar,
    grant: async () => ({
      version: 1,
      sessionId: 's',
      expiresAt: 4e12,
      avatar: { service: 'akool-streaming', avatarId: 'a', url: 'ws://127.0.0.1/relay', ticket: 't', ticketExpiresAt: 4e12 },
      channel: { kind: 'loopback', appId: 'a', channel: 'room', token: 't', uid: 1, avatarUid: 2, tokenExpiresAt: 4e12, url: 'ws://127.0.0.1/channel' },
    }),
    channel: createFakeChannel(),
    input: 'none',
    clock,
    ...(voiced ? { voice: pipeline({ synthesize: speechOf, sampleRateHz: 16_000 }) } : {}),
  });
  await session.start();
  return { clock, avatar, session };
}

it('says text through the avatar with the voice of a pipeline, then the recording behind it, and notes the words', async () => {
  const { clock, avatar, session } = await start();
  const text = session.speak('Good morning.');
  const recording = session.speak(new Int16Array(1600).fill(9));
  await clock.advance(1000);
  expect(avatar.received().findLastIndex((sample) => sample === 13)).toBeLessThan(avatar.received().indexOf(9));
  await expect(text).resolves.toEqual({ interrupted: false, sentMs: null });
  await expect(recording).resolves.toEqual({ interrupted: false, sentMs: 100 });
  expect(avatar.received().filter((sample) => sample === 13)).toHaveLength(13 * 160);
  expect(avatar.received().filter((sample) => sample === 9)).toHaveLength(1600);
  expect(session.getSnapshot().transcript.map(({ role, text: words, final }) => [role, words, final])).toEqual([['assistant', 'Good morning.', true]]);
  await session.end();
  expect(clock.pending).toBe(0);
});

it('lets a long text reach the avatar to its end before a recording follows', async () => {
  const { clock, avatar, session } = await start();
  const text = session.speak('An announcement that takes two or three seconds to be read out, and is followed by a sound.');
  const recording = session.speak(new Int16Array(1600).fill(-9));
  await clock.advance(4000);
  await Promise.all([text, recording]);
  const first = avatar.received().indexOf(-9);
  expect(first).toBeGreaterThan(13_000);
  expect(avatar.received().slice(first).every((sample) => sample === -9)).toBe(true);
  await session.end();
});

it('falls silent on an interrupt in mid-text, and drops the text behind it', async () => {
  const { clock, avatar, session } = await start();
  const long = session.speak(`${'word '.repeat(200)}end.`);
  const next = session.speak('Never said.');
  await clock.advance(500);
  expect(session.getSnapshot().speaking).toBe(true);
  const interrupting = session.interrupt();
  await clock.advance(100);
  await interrupting;
  await expect(long).resolves.toEqual({ interrupted: true, sentMs: null });
  await expect(next).resolves.toEqual({ interrupted: true, sentMs: null });
  const before = avatar.received().length;
  await clock.advance(5000);
  expect(avatar.received().length).toBe(before);
  expect(session.getSnapshot().speaking).toBe(false);
  await session.end();
});

it('is cut short by the end of the session', async () => {
  const { clock, session } = await start();
  let cancelled = false;
  const text = session.speak(new ReadableStream<string>({ start: (controller) => controller.enqueue('One. '), cancel: () => void (cancelled = true) }));
  await clock.advance(100);
  await session.end();
  await expect(text).resolves.toEqual({ interrupted: true, sentMs: null });
  expect(cancelled).toBe(true);
});

it('refuses text where no service has a voice', async () => {
  const { session } = await start(false);
  await expect(session.speak('Hello.')).rejects.toMatchObject({ reason: 'not-ready' });
  expect(session.getSnapshot().speaking).toBe(false);
  await session.end();
});
