import type { AudioStream } from '../../audio/AudioStream.js';
import type { TurnDetectorHost, TurnEvent } from '../../audio/createTurnDetectorHost.js';
import type { Clock } from '../../clock/clock.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { loadPart } from '../../errors/loadPart.js';
import type { Emitter } from '../../events/createEmitter.js';
import type { TurnMode } from '../../turn-taking/detector/TurnDetectorEvent.js';
import type { SessionEventMap } from '../AvatarSession.js';
import type { OutputVolume } from '../createOutputVolume.js';
import type { TurnMeter } from '../latency/createTurnMetrics.js';
import type { SessionEvent } from '../SessionEvent.js';
import type { TurnTakingOption } from './TurnTakingOptions.js';

export interface TurnTakingDependencies {
  readonly option: Exclude<TurnTakingOption, false>;
  readonly mode: TurnMode;
  /** True when the button is held already. */
  readonly talking: boolean;
  readonly microphone: AudioStream;
  readonly clock: Clock;
  readonly emitter: Emitter<SessionEventMap>;
  readonly dispatch: (event: SessionEvent) => void;
  readonly volume: OutputVolume;
  readonly meter: TurnMeter;
  /** Silences the other side and raises the turn. */
  readonly cut: () => Promise<void>;
  /** The microphone may be heard, or not any more, by the other side. */
  readonly onGateChange: () => void;
}

/** Who has the word. */
export interface TurnTaking {
  start(): void;
  stop(): void;
  /** False while a button has to be held to be heard, and is not. */
  readonly open: boolean;
  readonly mode: TurnMode;
  setMode(mode: TurnMode): void;
  setTalking(talking: boolean): void;
  /** For a microphone that cannot be told what the loudspeaker plays. */
  setOtherSpeaking(speaking: boolean): void;
  /** Words of the user were recognised by the service. */
  hearWords(): void;
  /** As `TurnDetectorHost.subscribeCuts`, also before there is a host. */
  subscribeCuts(listener: (port: MessagePort) => void): () => void;
}

/** Makes it; it listens from `start` to `stop`. */
export function createTurnTaking(dependencies: TurnTakingDependencies): TurnTaking {
  const { option, microphone, clock, emitter, dispatch, volume, meter, cut, onGateChange } = dependencies;
  let host: TurnDetectorHost | null = null;
  let unsubscribe = () => {};
  // Raised by every start and stop: a host that has loaded too late is not started.
  let generation = 0;
  let { mode, talking } = dependencies;
  let otherSpeaking = false;
  /** Who wants to hear of cuts past the page, and how to end it with the present host. */
  const cutListeners = new Map<(port: MessagePort) => void, (() => void) | undefined>();

  const report = (cause: unknown) => {
    const error = AvatarError.isInstance(cause) ? cause : new AvatarError('worklet-blocked', { message: 'Turn-taking could not be started; the avatar is interrupted by hand only.', cause });
    emitter.emit('error', { error });
  };

  function onEvent(event: TurnEvent, noticedAtMs: number): void {
    // By the session's clock; the page may have been busy since.
    const timeMs = clock.now() - Math.max(0, Date.now() - noticedAtMs);
    switch (event.type) {
      case 'speech-start':
        dispatch({ type: 'user-speaking', speaking: true });
        return emitter.emit('speech-start', { samples: event.samples });
      case 'speech-end':
        dispatch({ type: 'user-speaking', speaking: false });
        meter.report('speech-end', timeMs - event.quietMs);
        meter.report('turn-sent', timeMs);
        return emitter.emit('speech-end', { samples: event.samples, truncated: event.truncated });
      case 'misfire':
        dispatch({ type: 'user-speaking', speaking: false });
        return emitter.emit('speech-misfire', {});
      case 'duck':
        volume.duck(event.gain);
        return emitter.emit('barge-in-duck', {});
      case 'release':
        volume.release();
        return emitter.emit('barge-in-release', {});
      case 'cut':
        meter.report('interrupt', timeMs);
        emitter.emit('barge-in', { by: event.by });
        cut().catch(report);
        return volume.release();
    }
  }

  async function open(current: number): Promise<void> {
    const opened = 'subscribe' in option ? option : await load();
    if (current !== generation) return;
    host = opened;
    unsubscribe = opened.subscribe(onEvent);
    for (const listener of cutListeners.keys()) cutListeners.set(listener, opened.subscribeCuts?.(listener));
    await opened.start();
    if (current !== generation) return;
    opened.setMode(mode);
    opened.setTalking(talking);
    opened.setAvatarSpeaking(otherSpeaking);
  }

  async function load(): Promise<TurnDetectorHost> {
    const { createTurnDetectorHost } = await loadPart('What tells speech from noise', () => import('../../audio/createTurnDetectorHost.js'));
    return createTurnDetectorHost({ ...('subscribe' in option ? {} : option), microphone, clock, onSourceFailure: report });
  }

  return {
    get open() {
      return mode !== 'push-to-talk' || talking;
    },
    get mode() {
      return mode;
    },
    start() {
      const current = ++generation;
      open(current).catch((cause: unknown) => {
        if (current === generation) report(cause);
      });
    },
    stop() {
      generation++;
      unsubscribe();
      for (const [listener, off] of cutListeners) {
        off?.();
        cutListeners.set(listener, undefined);
      }
      host?.stop();
      host = null;
      talking = false;
      otherSpeaking = false;
    },
    setMode(next) {
      host?.setMode(next);
      mode = next;
      onGateChange();
    },
    setTalking(next) {
      if (talking === next) return;
      talking = next;
      host?.setTalking(next);
      onGateChange();
    },
    setOtherSpeaking(speaking) {
      if (speaking === otherSpeaking) return;
      otherSpeaking = speaking;
      host?.setAvatarSpeaking(speaking);
    },
    hearWords: () => host?.confirmByTranscript(),
    subscribeCuts(listener) {
      cutListeners.set(listener, host?.subscribeCuts?.(listener));
      return () => {
        cutListeners.get(listener)?.();
        cutListeners.delete(listener);
      };
    },
  };
}
