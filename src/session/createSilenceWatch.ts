import { meterTrack } from '../audio/meterTrack.js';
import type { Clock } from '../clock/clock.js';
import type { Store } from '../store/createStore.js';
import type { SessionState } from './state.js';

export interface SilenceWatchOptions {
  readonly store: Pick<Store<SessionState>, 'get' | 'subscribe'>;
  readonly clock: Clock;
  /** Told of every change; at first the avatar is taken to be heard. */
  readonly onChange: (silent: boolean) => void;
  /** True while nobody sees the page: it is given too little time to measure anything. */
  readonly isHidden?: () => boolean;
  /** Measures a track until the returned function is called. Default: an analyser of Web Audio. */
  readonly meter?: typeof meterTrack;
}

/** Tells when an avatar is to be heard and no sound of it arrives. */
export interface SilenceWatch {
  /** The avatar was given sound that it is to say. @param level RMS, 0 to 1 */
  give(level: number, durationMs: number): void;
  /** The avatar itself says that it begins or has ceased to speak. */
  setSpeaking(speaking: boolean): void;
  /** What was to be said is wanted no more. */
  forgive(): void;
  /** Nothing is measured any more; what it is told then begins anew. */
  stop(): void;
}

/** RMS of what an avatar is sure to make heard. A quiet breath may get lost on its way, and is no reason to tell anybody. */
const LOUD = 0.02;
/** Below any sound that was meant to be heard. A track without sound is at 0. */
const AUDIBLE = 0.002;
/** Only so much sound that is owed is a reason: words that an avatar swallows are none. */
const OWED_MS = 3_000;
/** And only after it could have come: an avatar takes its time to begin. */
const SILENT_MS = 6_000;
/** For so long after it was given the last sound it is still listened for, and whoever was told that there is none sees it. */
const LINGER_MS = 10_000;
/** A look that comes later than this, from a page that was busy or asleep, counts as no longer. */
const MAX_STEP_MS = 100;

/**
 * Makes a watch. It measures the avatar's track only while something is owed, and judges only what a person would miss: a live session,
 * a track, a volume, a page that is seen, and a browser that plays. Anything else, and any sound, settles what was owed.
 */
export function createSilenceWatch(options: SilenceWatchOptions): SilenceWatch {
  const { store, clock, onChange, isHidden = isPageHidden, meter = meterTrack } = options;
  let track: MediaStreamTrack | null = null;
  let release = () => {};
  let isSilent = false;
  let isSpeaking = false;
  let owedMs = 0;
  let silentMs = 0;
  let givenAtMs = 0;
  let lookedAtMs = 0;

  /** The track whose silence would be missed; null while none would. */
  function missed(): MediaStreamTrack | null {
    const { status, room, audio, sound, volume } = store.get();
    return status === 'live' && room === 'joined' && sound === 'playing' && volume > 0 && !isHidden() ? (audio?.mediaStreamTrack ?? null) : null;
  }

  function tell(silent: boolean): void {
    if (silent === isSilent) return;
    isSilent = silent;
    onChange(silent);
  }

  function settle(): void {
    owedMs = silentMs = 0;
    isSpeaking = false;
    tell(false);
  }

  function rest(): void {
    release();
    release = () => {};
    track = null;
    settle();
  }

  function listen(): void {
    givenAtMs = clock.now();
    if (track !== null) return;
    const found = missed();
    if (!found) return settle();
    track = found;
    lookedAtMs = clock.now();
    const releaseMeter = meter(found, { clock, onLevel, onBlind });
    // A track that goes is not to be held until the next look.
    const unsubscribe = store.subscribe(() => {
      if (missed() !== track) rest();
    });
    release = () => {
      releaseMeter();
      unsubscribe();
    };
  }

  /** Sound that was not measured may have been there. */
  function onBlind(): void {
    owedMs = silentMs = 0;
    lookedAtMs = clock.now();
    tell(false);
  }

  function onLevel(level: number): void {
    const stepMs = Math.min(MAX_STEP_MS, clock.now() - lookedAtMs);
    lookedAtMs = clock.now();
    if (missed() !== track) return rest();
    if (level >= AUDIBLE) {
      settle();
    } else if (owedMs > 0 || isSpeaking) {
      silentMs += stepMs;
      if (isSpeaking) {
        owedMs += stepMs;
        givenAtMs = clock.now();
      }
      if (owedMs >= OWED_MS && silentMs >= SILENT_MS) tell(true);
    }
    if (clock.now() - givenAtMs > LINGER_MS) rest();
  }

  return {
    give(level, durationMs) {
      if (level < LOUD) return;
      owedMs += durationMs;
      listen();
    },
    setSpeaking(speaking) {
      // Its own word counts until it was heard: the word that it has ended may get lost.
      isSpeaking = speaking;
      if (speaking) listen();
    },
    forgive: settle,
    stop: rest,
  };
}

function isPageHidden(): boolean {
  return typeof document !== 'undefined' && document.hidden;
}
