import { expect, it, vi } from 'vitest';
import { createDeferred } from '../../../src/clock/createDeferred.js';
import { AvatarError } from '../../../src/errors/AvatarError.js';
import { loadPart } from '../../../src/errors/loadPart.js';
import { createSession } from '../../../src/session/createSession.js';
import type { createAvatarSession } from '../../../src/session/createAvatarSession.js';
import { loadEngine } from '../../../src/session/loadEngine.js';
import { createFakeAvatarService } from '../../../src/testing/createFakeAvatarService.js';
import { createFakeChannel } from '../../../src/testing/createFakeChannel.js';
import { createFakeGrant } from '../../../src/testing/createFakeGrant.js';
import { createFakeMicrophone } from '../../../src/testing/createFakeMicrophone.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

/** A session whose engine comes when the test says so. */
function setUp(options: Partial<Parameters<typeof createAvatarSession>[0]> = {}) {
  const clock = createManualClock();
  const avatar = createFakeAvatarService();
  const channel = createFakeChannel();
  const microphone = createFakeMicrophone();
  const grant = vi.fn(async () => createFakeGrant());
  const loads: { arrive(): Promise<void>; fail(cause: Error): void }[] = [];
  const load = (): ReturnType<typeof loadEngine> => {
    const file = createDeferred<Awaited<ReturnType<typeof loadEngine>>>();
    loads.push({ arrive: async () => file.resolve(await loadEngine(createManualClock())), fail: (cause) => file.reject(cause) });
    return loadPart('What runs a session', () => file.promise);
  };
  const session = createSession({ grant, avatar, channel, microphone, clock, ...options }, load);
  const errors: string[] = [];
  session.on('error', ({ error }) => errors.push(error.reason));
  return { session, clock, avatar, channel, microphone, grant, loads, errors, status: () => session.getSnapshot().status };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('asks for the microphone in the very task that starts, whatever is still on its way', async () => {
  const { session, microphone, status, loads, grant } = setUp();
  const starting = session.start();
  expect([microphone.getSnapshot().status, status()]).not.toContain('off');
  expect(status()).toBe('authorizing');
  await settle();
  expect(grant).not.toHaveBeenCalled();
  await loads[0]?.arrive();
  await starting;
  expect(status()).toBe('live');
  await session.end();
});

it('loads once for a preload and a start, and starts in one task after it', async () => {
  const { session, loads, grant, status } = setUp();
  const preloading = session.preload();
  await loads[0]?.arrive();
  await preloading;
  expect([status(), grant.mock.calls.length]).toEqual(['idle', 0]);
  const starting = session.start();
  expect(grant).toHaveBeenCalledOnce();
  await starting;
  await session.preload();
  expect(loads).toHaveLength(1);
  await session.end();
});

it('loads what joins the room before there is a grant, and by the name of the room as soon as there is one, while the microphone is asked for', async () => {
  const channel = { ...createFakeChannel(), preload: vi.fn(async () => undefined) };
  const microphone = createFakeMicrophone();
  const allowed = createDeferred();
  const { session, loads } = setUp({ channel, microphone: { ...microphone, start: () => allowed.promise.then(() => microphone.start()) } });
  const starting = session.start();
  expect(channel.preload.mock.calls).toEqual([[]]);
  await loads[0]?.arrive();
  await vi.waitFor(() => expect(channel.preload).toHaveBeenLastCalledWith(createFakeGrant().channel));
  expect(channel.calls).toEqual([]);
  allowed.resolve();
  await starting;
  expect(channel.preload).toHaveBeenCalledTimes(2);
  await session.end();
});

it('loads what reads the microphone with the rest, asks for none, and starts though that load failed', async () => {
  const preload = vi.fn(() => Promise.reject(new Error('gone')));
  const microphone = { ...createFakeMicrophone(), preload };
  const { session, loads } = setUp({ microphone });
  const preloading = session.preload();
  await loads[0]?.arrive();
  await preloading;
  expect([preload.mock.calls.length, microphone.getSnapshot().status]).toEqual([1, 'off']);
  const without = setUp({ microphone, input: 'none' });
  const preloadingAnother = without.session.preload();
  await without.loads[0]?.arrive();
  await preloadingAnother;
  expect(preload).toHaveBeenCalledOnce();
});

it('starts nothing any more when it was ended while it loaded, and then starts anew', async () => {
  const { session, loads, grant, avatar, channel, microphone, status, clock } = setUp();
  const starting = session.start();
  await session.end();
  await expect(starting).rejects.toMatchObject({ reason: 'session-ended' });
  await loads[0]?.arrive();
  await settle();
  expect([status(), microphone.getSnapshot().status, grant.mock.calls.length, ...avatar.calls, ...channel.calls]).toEqual(['ended', 'off', 0]);
  await session.start();
  expect([status(), loads.length]).toEqual(['live', 1]);
  await session.end();
  await clock.advance(1_000);
  expect(clock.pending).toBe(0);
});

it('opens each part once when it is ended and started again while it loads', async () => {
  const { session, loads, grant, avatar, status } = setUp();
  const first = session.start().catch((error: unknown) => error);
  await session.end();
  const second = session.start();
  await loads[0]?.arrive();
  await second;
  expect(await first).toMatchObject({ reason: 'session-ended' });
  expect([status(), grant.mock.calls.length, avatar.calls.filter((call) => call === 'connect').length]).toEqual(['live', 1, 1]);
  await session.end();
});

it('fails with a way out when the file does not come, gives the microphone back, and tries again at the next start', async () => {
  const { session, loads, microphone, errors, status } = setUp();
  const starting = session.start();
  loads[0]?.fail(new TypeError('Failed to fetch dynamically imported module'));
  await expect(starting).rejects.toMatchObject({ reason: 'load-failed', retryable: true, message: expect.stringContaining('reload the page') as string });
  await settle();
  expect([status(), microphone.getSnapshot().status, ...errors]).toEqual(['failed', 'off', 'load-failed']);
  const again = session.start();
  await loads[1]?.arrive();
  await again;
  expect(status()).toBe('live');
  await session.end();
});

it('fails with the microphone’s own reason when that is refused while it loads', async () => {
  const refusal = new AvatarError('microphone-denied', { message: 'refused' });
  const { session, loads, grant, status } = setUp({ microphone: createFakeMicrophone({ refusal }) });
  await expect(session.start()).rejects.toBe(refusal);
  await loads[0]?.arrive();
  await settle();
  expect([status(), grant.mock.calls.length]).toEqual(['failed', 0]);
});

it('does not wait for a file for ever', async () => {
  const clock = createManualClock();
  // The real one is quick; a clock that has run out is not.
  const loading = loadEngine({ ...clock, schedule: (task) => (task(), () => undefined) });
  await expect(loading).rejects.toMatchObject({ reason: 'load-failed', retryable: true });
});

it('takes what is chosen before there is anybody to take it', async () => {
  const { session, loads, status } = setUp();
  session.setVolume(0.5);
  await session.setParams({ language: 'de' });
  await session.setSpeaker('headset');
  expect(session.getSnapshot()).toMatchObject({ volume: 0.5, speakerId: 'headset' });
  await expect(session.speak(new Int16Array(160))).rejects.toMatchObject({ reason: 'not-ready' });
  const starting = session.start();
  await loads[0]?.arrive();
  await starting;
  expect([status(), session.getSnapshot().volume]).toEqual(['live', 0.5]);
  await session.end();
});
