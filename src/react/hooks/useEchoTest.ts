import { useEffect } from 'react';
import type { EchoTestVerdict } from '../../audio/judgeEcho.js';
import { useAvatarContext } from '../AvatarContext.js';
import { useAudioStream } from './useAudioStream.js';
import { useRun } from './useRun.js';
import { useSpeaker } from './useSpeaker.js';

export interface UseEchoTestResult {
  readonly status: 'idle' | 'running' | 'done' | 'failed';
  /** Once it is done. */
  readonly verdict: EchoTestVerdict | null;
  /** False while the microphone is off, muted or interrupted: there would be nothing to hear with. */
  readonly isReady: boolean;
  /** Runs it; call it from a click. Does nothing while it runs or is not ready. Takes about 6 s. */
  readonly run: () => void;
}

/**
 * Plays a short phrase and tells whether the microphone hears it: whether the browser's echo canceller, or a headset, keeps the
 * assistant's voice out of the user's.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { status, verdict, isReady, run } = useEchoTest();
 * return <button onClick={run} disabled={!isReady}>{verdict ?? status}</button>;
 * ```
 */
export function useEchoTest(): UseEchoTestResult {
  const { session } = useAvatarContext();
  const { status, muted, interrupted } = useAudioStream();
  const { selectedId, volume } = useSpeaker();
  const isReady = status === 'on' && !muted && !interrupted;
  useEffect(() => void loadTest().catch(() => undefined), []);
  const test = useRun(async (signal) => {
    const { testEcho } = await loadTest();
    return testEcho({ microphone: session.microphone, deviceId: selectedId, volume, signal });
  });
  return {
    status: test.status,
    verdict: test.result,
    isReady,
    run: () => {
      if (isReady) test.run();
    },
  };
}

/** Kept out of the first load, and fetched before the click: Safari counts no click that lies a download in the past. */
function loadTest() {
  return import('../../audio/testEcho.js');
}
