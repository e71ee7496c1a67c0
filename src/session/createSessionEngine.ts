import { meterTrack } from '../audio/meterTrack.js';
import { createGrantSource } from '../grant/createGrantSource.js';
import { createInterrupter } from './createInterrupter.js';
import { createRecovery } from './createRecovery.js';
import { createScreenLock } from './createScreenLock.js';
import { createSessionEars } from './createSessionEars.js';
import { createSessionRun, type RunPart, type SessionRun } from './createSessionRun.js';
import { createSpeaker, type Speaker } from './createSpeaker.js';
import { followSilence } from './followSilence.js';
import type { SessionLatency } from './latency/TurnMetrics.js';
import type { SessionCore } from './SessionCore.js';
import { loadPlayback, microphoneSink, playbackSink } from './sessionSound.js';
import { createTurns } from './turns/createTurns.js';
import type { TurnTaking } from './turns/createTurnTaking.js';

/** What runs a session: made once, at its first start. */
export interface SessionEngine {
  /** The connections between a start and its end; null between an end and a start. */
  readonly run: SessionRun | null;
  readonly speaker: Pick<Speaker, 'speak'>;
  /** Null where the session does without a detector. */
  readonly taking: TurnTaking | null;
  readonly latency: SessionLatency;
  readonly meterTrack: typeof meterTrack;
  /** Makes a run with nothing open, and begins to listen. */
  begin(): void;
  open(part: RunPart): void;
  scheduleRetry(attempt: number, notBeforeMs: number): void;
  scheduleHold(): void;
  /** The connection is back: tells what its loss has cost. */
  announceRecovery(): void;
  interrupt(): Promise<void>;
  setVolume(volume: number): void;
  /** A text was sent on the user's behalf. */
  onTextSent(): void;
  /** The page is going away: the server must hear of it in this very task. */
  leave(): void;
  /** Closes everything; what is said from here on goes nowhere. Never rejects. */
  release(): Promise<void>;
}

/** Makes the engine of a session; nothing runs before `begin()`. */
export function createSessionEngine(core: SessionCore): SessionEngine {
  const { options, wiring, listens, channel, microphone, clock, emitter, state, volume } = core;
  const { dispatch } = state;
  const source = wiring.grant ? createGrantSource(wiring.grant) : null;
  let run: SessionRun | null = null;

  const sayText = () => run?.voice?.connection?.sayText ?? run?.avatar?.sayText ?? null;
  const speaker = createSpeaker({ clock, sayText, whenSent: () => run?.voice?.output.whenSent?.(), connection: () => run?.mouth ?? playbackSink(run?.voice?.playback), onChange: (speaking) => dispatch({ type: 'speaking-change', speaking }) });
  const interrupter = createInterrupter({ speaker, volume, run: () => run, onTurnRaise, onError: (error) => emitter.emit('error', { error }) });
  const turns = createTurns({
    core,
    playbackTrack: () => run?.voice?.playback?.mediaStreamTrack ?? null,
    cut: () => interrupter.interrupt(),
    onGateChange() {
      ears.onGateChange();
      run?.updateMicrophoneTrack();
    },
  });
  const ears = createSessionEars({
    microphone,
    turns: turns.taking,
    listens,
    sink: () => run && microphoneSink(run),
    status: () => state.machine.view.status,
    // Who thinks for itself may be spoken to while it speaks; an avatar that repeats what it is sent would mix the two.
    isSpeaking: () => !wiring.thinksForItself && speaker.speaking,
    dispatch,
  });
  const silence = followSilence({ core, isSpeaking: () => speaker.speaking, isOpen: () => turns.taking?.open ?? true });
  const recovery = createRecovery({ clock, machine: () => state.machine, dispatch });
  const screen = options.keepScreenOn === false ? null : createScreenLock();
  emitter.on('state-change', ({ state: { status } }) => screen?.follow(status));

  function onTurnRaise(): void {
    dispatch({ type: 'turn-raise' });
    turns.onInterrupt();
    emitter.emit('interrupt', { turnId: state.machine.view.turnId });
  }

  return {
    meterTrack,
    speaker,
    taking: turns.taking,
    get run() {
      return run;
    },
    get latency() {
      return turns.latency;
    },
    begin() {
      const current = createSessionRun({
        wiring,
        source,
        loadPlayback: wiring.voice && !wiring.avatar ? () => loadPlayback(options.playback, volume.current, core.speakerId()) : null,
        channel,
        microphone,
        subscribeCuts: turns.taking?.subscribeCuts ?? null,
        clock,
        emitter,
        params: core.params,
        onBargeIn: interrupter.bargeIn,
        onReplySpeech() {
          interrupter.onReply();
          turns.onReplySpeech();
        },
        onSpeechGiven: silence.give,
        isMicrophoneOpen: () => turns.taking?.open ?? true,
        volume: () => volume.current,
        speakerId: core.speakerId,
        dispatch: (event) => {
          // A late event of a run that is over must not touch the next one.
          if (run !== current) return;
          if (event.type === 'transcript' && event.role === 'user' && event.text !== '') turns.onWords();
          dispatch(event.type === 'transcript' ? { ...event, atMs: Date.now() } : event);
        },
      });
      run = current;
      turns.start();
      ears.start();
      silence.start();
    },
    open: (part) => run?.open(part),
    scheduleRetry: recovery.scheduleRetry,
    scheduleHold: recovery.scheduleHold,
    announceRecovery() {
      ears.reportLosses();
      emitter.emit('recover', recovery.takeLoss());
    },
    async interrupt() {
      // Who thinks for itself tells one utterance from the next by itself.
      if (!wiring.thinksForItself) ears.hold();
      await interrupter.interrupt();
    },
    setVolume(next) {
      run?.channel?.setVolume(next);
      run?.voice?.playback?.setVolume(next);
      turns.onVolumeChange();
    },
    onTextSent: turns.onTextSent,
    leave: () => void run?.close({ leaving: true }),
    async release() {
      speaker.cancel();
      ears.stop();
      turns.stop();
      silence.stop();
      // After the ears: they tell what was lost up to now.
      recovery.reset();
      const closing = run?.close();
      run = null;
      await closing;
    },
  };
}
