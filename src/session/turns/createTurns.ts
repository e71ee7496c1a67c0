import { createTurnMetrics } from '../latency/createTurnMetrics.js';
import { followReply } from '../latency/followReply.js';
import { measureTurn } from '../latency/measureTurn.js';
import type { SessionLatency } from '../latency/TurnMetrics.js';
import type { SessionCore } from '../SessionCore.js';
import { createTurnTaking, type TurnTaking } from './createTurnTaking.js';
import { followReference, type Reference } from './followReference.js';

export interface TurnsOptions {
  readonly core: SessionCore;
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
  start(): void;
  stop(): void;
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
  const { core, playbackTrack, cut, onGateChange } = options;
  const { microphone, clock, emitter, state, volume, turnChoice, subscribeSpeechLevel } = core;
  const { turnTaking: option = {} } = core.options;
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
  const { mode, talking } = turnChoice;
  const taking = mode === null || option === false ? null : createTurnTaking({ option, mode, talking, microphone, clock, emitter, dispatch, volume, meter, cut, onGateChange });
  let reference: Reference | null = null;
  let stopListening = () => {};

  return {
    taking,
    get latency() {
      return meter.latency;
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
