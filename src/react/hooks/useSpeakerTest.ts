import { useEffect } from 'react';
import { useSpeaker } from './useSpeaker.js';
import { useRun } from './useRun.js';

export interface UseSpeakerTestResult {
  /** `done`: it was played; whether it was heard only the user knows. */
  readonly status: 'idle' | 'running' | 'done' | 'failed';
  /** Plays it; call it from a click. Does nothing while it plays. */
  readonly play: () => void;
}

/**
 * Plays a chime on the speaker that the user has chosen, as loud as the session is.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { status, play } = useSpeakerTest();
 * return <button onClick={play}>{status === 'running' ? 'Listen…' : 'Test sound'}</button>;
 * ```
 */
export function useSpeakerTest(): UseSpeakerTestResult {
  const { selectedId, volume } = useSpeaker();
  // Fetched before the click: Safari counts no click that lies a download in the past.
  useEffect(() => void loadTest().catch(() => undefined), []);
  const { status, run } = useRun(async (signal) => {
    const [{ playSamples }, { chime, TEST_SOUND_RATE_HZ }] = await loadTest();
    await playSamples(chime(), TEST_SOUND_RATE_HZ, { deviceId: selectedId, volume, signal });
  });
  return { status, play: run };
}

/** Kept out of the first load: most pages never test a speaker. */
function loadTest() {
  return Promise.all([import('../../audio/playSamples.js'), import('../../audio/testSounds.js')]);
}
