import { expect, it } from 'vitest';
import { createScreenLock } from '../../src/session/createScreenLock.js';

/** A wake lock that notes what is asked of it. */
function fakeWakeLock() {
  let held = 0;
  const sentinels: EventTarget[] = [];
  const request = async (): Promise<WakeLockSentinel> => {
    held++;
    const sentinel = Object.assign(new EventTarget(), {
      released: false,
      type: 'screen' as const,
      onrelease: null,
      async release() {
        if (sentinel.released) return;
        sentinel.released = true;
        held--;
        sentinel.dispatchEvent(new Event('release'));
      },
    });
    sentinels.push(sentinel);
    return sentinel;
  };
  return { wakeLock: { request }, sentinels, held: () => held };
}

it('keeps the screen on while a session is live, and no longer', async () => {
  const { wakeLock, held } = fakeWakeLock();
  const lock = createScreenLock(() => wakeLock);
  lock.follow('connecting');
  expect(held()).toBe(0);
  lock.follow('live');
  await expect.poll(held).toBe(1);
  lock.follow('reconnecting');
  lock.follow('live');
  expect(held()).toBe(1);
  lock.follow('ended');
  await expect.poll(held).toBe(0);
});

it('asks again when the page is seen again', async () => {
  const { wakeLock, sentinels, held } = fakeWakeLock();
  const lock = createScreenLock(() => wakeLock);
  lock.follow('live');
  await expect.poll(held).toBe(1);
  sentinels[0]?.dispatchEvent(new Event('release'));
  document.dispatchEvent(new Event('visibilitychange'));
  await expect.poll(() => sentinels.length).toBe(2);
  lock.follow('ended');
});

it('holds nothing when the session ended before the browser answered, or where it refuses', async () => {
  const { wakeLock, held } = fakeWakeLock();
  const lock = createScreenLock(() => wakeLock);
  lock.follow('live');
  lock.follow('failed');
  await expect.poll(held).toBe(0);
  const refused = createScreenLock(() => ({ request: () => Promise.reject(new DOMException('low battery', 'NotAllowedError')) }));
  refused.follow('live');
  refused.follow('ended');
  createScreenLock(() => undefined).follow('live');
});
