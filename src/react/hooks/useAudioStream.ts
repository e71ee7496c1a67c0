import { useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { AudioFrame, AudioStream } from '../../audio/AudioStream.js';
import { initialMicrophoneState, type MicrophoneState } from '../../audio/microphoneState.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { AvatarContext } from '../AvatarContext.js';
import { useLatest } from '../useLatest.js';

export interface UseAudioStreamOptions {
  /** Default: the microphone of the nearest session. */
  readonly stream?: AudioStream;
  /** Every 10 ms frame. May be written inline: the latest one is called. Copy what you keep of the samples. */
  readonly onFrame?: (frame: AudioFrame) => void;
  /** 50 times a second, 0 to 1. May be written inline. Draw with it directly; setting state here would render 50 times a second. */
  readonly onLevel?: (level: number) => void;
}

/** The microphone's state and what can be done with it. The functions keep their identity. */
export interface UseAudioStreamResult extends MicrophoneState {
  /** Asks for the microphone. Never rejects: a refusal is in `error`. */
  readonly start: () => Promise<void>;
  readonly stop: () => void;
  readonly setMuted: (muted: boolean) => void;
  /** What a microphone button does: starts the microphone when it is off, otherwise mutes or unmutes it. */
  readonly toggle: () => void;
  readonly subscribeLevel: AudioStream['subscribeLevel'];
}

/**
 * A microphone in a component. Level and frames never render anything.
 *
 * @throws AvatarError `invalid-options` without `stream` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { status, muted, toggle } = useAudioStream({ onLevel: (level) => bar.current?.style.setProperty('--level', `${level}`) });
 * ```
 */
export function useAudioStream(options: UseAudioStreamOptions = {}): UseAudioStreamResult {
  const context = useContext(AvatarContext);
  const stream = options.stream ?? context?.session.microphone;
  if (stream === undefined) {
    throw new AvatarError('invalid-options', {
      message: 'useAudioStream has no microphone. Call it inside <AvatarProvider>, or pass it a stream.',
    });
  }
  const state = useSyncExternalStore(stream.subscribe, stream.getSnapshot, () => initialMicrophoneState);
  const latest = useLatest(options);
  const { onFrame, onLevel } = options;
  // Listening costs the stream work, so it is done only while somebody listens.
  const wantsFrames = onFrame !== undefined;
  const wantsLevel = onLevel !== undefined;

  useEffect(() => {
    if (wantsFrames) return stream.subscribeFrames((frame) => latest.current.onFrame?.(frame));
  }, [stream, latest, wantsFrames]);
  useEffect(() => {
    if (wantsLevel) return stream.subscribeLevel((level) => latest.current.onLevel?.(level));
  }, [stream, latest, wantsLevel]);

  const actions = useMemo(() => bindActions(stream), [stream]);
  return { ...state, ...actions };
}

function bindActions(stream: AudioStream): Omit<UseAudioStreamResult, keyof MicrophoneState> {
  const start = (): Promise<void> => stream.start().catch(() => undefined);
  return {
    start,
    stop: () => stream.stop(),
    setMuted: (muted) => stream.setMuted(muted),
    toggle() {
      const { status, muted } = stream.getSnapshot();
      if (status === 'on') stream.setMuted(!muted);
      else if (status !== 'requesting') void start();
    },
    subscribeLevel: (listener) => stream.subscribeLevel(listener),
  };
}
