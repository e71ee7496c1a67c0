import type { AudioStream } from '../../audio/AudioStream.js';
import type { Clock } from '../../clock/clock.js';
import { AvatarError } from '../../errors/AvatarError.js';
import type { Emitter } from '../../events/createEmitter.js';
import type { TurnMode } from '../../turn-taking/detector/TurnDetectorEvent.js';
import type { SessionEventMap } from '../AvatarSession.js';
import type { OutputVolume } from '../createOutputVolume.js';
import { createTurnMetrics } from '../latency/createTurnMetrics.js';
import { followReply } from '../latency/followReply.js';
import { measureTurn } from '../latency/measureTurn.js';
import type { SessionLatency } from '../latency/TurnMetrics.js';
import type { RunningMachine } from '../runSessionMachine.js';
import type { SessionWiring } from '../sessionWiring.js';
import { createTurnTaking, type TurnTaking } from './createTurnTaking.js';
import { followReference, type Reference } from './followReference.js';
import type { TurnTakingOption } from './TurnTakingOptions.js';

export interface TurnsOptions {
  readonly option: TurnTakingOption | undefined;
  readonly wiring: SessionWiring;
  readonly microphone: AudioStream;
  readonly clock: Clock;
  readonly emitter: Emitter<SessionEventMap>;
  readonly state: RunningMachine;
  readonly volume: OutputVolume;
  readonly subscribeSpeechLevel: (listener: (level: number) => void) => () => void;
  /** What the page itself plays, its volume included; null while it plays nothing. */
  readonly playbackTrack: () => MediaStreamTrack | null;
  /** Silences the other side and raises the turn. */
  readonly cut: () => Promise<void>;
  /** Whether the user may be heard has changed. */
  readonly onGateChange: () => void;
}

/** The turns of a session: who has the word, and how long each took. */
export interface Turns {
  /** Null where the session does without a detector. */
  readonly taking: TurnTaking | null;
  readonly latency: SessionLatency;
  /** Null where the session does without a detector. */
  readonly mode: TurnMode | null;
  start(): void;
  stop(): void;
  /** @throws AvatarError `not-ready` where the session does without a detector */
  setMode(mode: TurnMode): void;
  /** @throws AvatarError `not-ready` where the session does without a detector */
  setTalking(talking: boolean): void;
  /** A text was sent on the user's behalf: a turn like one that was spoken. */
  onTextSent(): void;
  /** The first or a further piece of a reply has come from the service. */
  onReplySpeech(): void;
  /** Words of the user were recognised by the service. */
  onWords(): void;
  onInterrupt(): void;
  onVolumeChange(): void;
}

/** RMS above which the other side is taken to speak. */
const AUDIBLE = 0.01;

/** Makes the turns of a session that has not begun. */
export function createTurns(options: TurnsOptions): Turns {
  const { option, wiring, microphone, clock, emitter, state, volume, subscribeSpeechLevel, playbackTrack, cut, onGateChange } = options;
  const { dispatch, store } = state;
  const meter = createTurnMetrics({
    turnId: () => state.machine.view.turnId,
    onTurn: (metrics) => emitter.emit('turn-metrics', { metrics }),
    onMeasure(metric, turnId, fromMs, untilMs) {
      measureTurn(clock, metric, turnId, fromMs, untilMs);
      emitter.emit('latency-change', { latency: meter.latency });
    },
  });
  const onNextPicture = (listener: () => void) => store.get().video?.onNextPicture?.(listener) ?? (() => {});
  const ear = followReply({ clock, meter, subscribeLevel: subscribeSpeechLevel, volume: () => volume.current, onNextPicture });
  const isWanted = option !== false && wiring.thinksForItself && !wiring.unused.includes('microphone');
  const taking = isWanted ? createTurnTaking({ option: option ?? {}, microphone, clock, emitter, dispatch, volume, meter, cut, onGateChange }) : null;
  let reference: Reference | null = null;
  let stopListening = () => {};

  return {
    taking,
    get latency() {
      return meter.latency;
    },
    get mode() {
      return taking?.mode ?? null;
    },
    start() {
      const offs = [emitter.on('speech-end', ear.expectReply), emitter.on('avatar-speaking', ({ speaking }) => speaking && meter.report('reply-audio', clock.now()))];
      stopListening = () => offs.forEach((off) => off());
      if (!taking) return;
      if (microphone.setReference) reference = followReference({ microphone, store, playbackTrack, volume: () => volume.current });
      else offs.push(subscribeSpeechLevel((level) => taking.setOtherSpeaking(level > AUDIBLE)));
    },
    stop() {
      stopListening();
      ear.stop();
      meter.end();
      reference?.stop();
      reference = null;
    },
    setMode: (mode) => needed(taking).setMode(mode),
    setTalking: (talking) => needed(taking).setTalking(talking),
    onTextSent() {
      meter.report('speech-end', clock.now());
      meter.report('turn-sent', clock.now());
      ear.expectReply();
    },
    onReplySpeech: () => meter.report('reply-audio', clock.now()),
    onWords: () => taking?.hearWords(),
    onInterrupt() {
      meter.report('interrupt', clock.now());
      ear.expectSilence();
    },
    onVolumeChange: () => reference?.update(),
  };
}

function needed(taking: TurnTaking | null): TurnTaking {
  if (taking) return taking;
  throw new AvatarError('not-ready', {
    message: 'This session takes no turns: it needs a microphone, and a voice service or a hosted avatar; and turnTaking must not be false.',
  });
}
