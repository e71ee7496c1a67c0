import type { SessionStatus } from './state.js';

/** Keeps the screen on while a conversation goes on: who only listens and speaks touches nothing. */
export interface ScreenLock {
  follow(status: SessionStatus): void;
}

/** @param wakeLock the browser's; absent where there is none, and then nothing happens. */
export function createScreenLock(wakeLock: () => WakeLock | undefined = defaultWakeLock): ScreenLock {
  let wanted = false;
  let held: WakeLockSentinel | null = null;
  let asking = false;

  async function take(): Promise<void> {
    if (asking || held !== null || document.visibilityState !== 'visible') return;
    asking = true;
    // Refused when the battery is low, for example: then the screen goes dark as it always does.
    const sentinel = await wakeLock()?.request('screen').catch(() => null);
    asking = false;
    if (!sentinel) return;
    if (!wanted) return void sentinel.release();
    held = sentinel;
    // The browser takes it back with every change to another tab.
    sentinel.addEventListener('release', () => (held = null), { once: true });
  }

  const onVisibilityChange = (): void => void take();

  return {
    follow(status) {
      const next = status === 'live' || status === 'reconnecting';
      if (next === wanted || typeof document === 'undefined') return;
      wanted = next;
      if (next) {
        document.addEventListener('visibilitychange', onVisibilityChange);
        void take();
        return;
      }
      document.removeEventListener('visibilitychange', onVisibilityChange);
      void held?.release();
      held = null;
    },
  };
}

function defaultWakeLock(): WakeLock | undefined {
  return 'wakeLock' in navigator ? navigator.wakeLock : undefined;
}
