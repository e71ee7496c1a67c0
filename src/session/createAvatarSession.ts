import { createDefaultChannel } from '../channel/createDefaultChannel.js';
import { systemClock } from '../clock/clock.js';
import { createDeferred, type Deferred } from '../clock/createDeferred.js';
import { AvatarError } from '../errors/AvatarError.js';
import { createEmitter } from '../events/createEmitter.js';
import type { AvatarSession, SessionEventMap, StartOptions } from './AvatarSession.js';
import { checkSessionOptions, type AvatarSessionOptions } from './AvatarSessionOptions.js';
import { createInterrupter } from './createInterrupter.js';
import { createOutputVolume } from './createOutputVolume.js';
import { createParams } from './createParams.js';
import { createRecovery } from './createRecovery.js';
import { createRequests } from './createRequests.js';
import { createRetainer } from './createRetainer.js';
import { createRunQueries } from './createRunQueries.js';
import { createScreenLock } from './createScreenLock.js';
import { createSessionEars } from './createSessionEars.js';
import { createSessionRun, type SessionRun } from './createSessionRun.js';
import { createSpeaker } from './createSpeaker.js';
import { createSpeakerChoice } from './createSpeakerChoice.js';
import { createSpeechLevel } from './createSpeechLevel.js';
import type { SessionEffect } from './reduceSession.js';
import { runSessionMachine } from './runSessionMachine.js';
import { loadPlayback, microphoneOf, microphoneSink, playbackSink } from './sessionSound.js';
import { sessionTraits, sessionWiring } from './sessionWiring.js';
import { createTurns } from './turns/createTurns.js';

export type { AvatarSessionOptions };

/**
 * Makes a session; nothing is opened before `start()`.
 *
 * @example
 * ```ts
 * const session = createAvatarSession({ grant: '/api/avatar' });
 * session.subscribe(() => console.log(session.getSnapshot().status));
 * await session.start();
 * ```
 * @throws AvatarError `invalid-options`
 */
export function createAvatarSession(options: AvatarSessionOptions): AvatarSession {
  const { input = 'microphone', maxRetryAttempts = 6, clock = systemClock, channel = createDefaultChannel() } = options;
  checkSessionOptions(options);
  const wiring = sessionWiring(options);
  const microphone = microphoneOf(options.microphone);
  const emitter = createEmitter<SessionEventMap>();
  const screen = options.keepScreenOn === false ? null : createScreenLock();
  const state = runSessionMachine({
    policy: { maxAttempts: maxRetryAttempts },
    perform,
    announce,
    onChange(next) {
      screen?.follow(next.status);
      emitter.emit('state-change', { state: next });
    },
  });
  const { dispatch, store } = state;
  const sayText = () => run?.voice?.connection?.sayText ?? run?.avatar?.sayText ?? null;
  const speaker = createSpeaker({ clock, sayText, whenSent: () => run?.voice?.output.whenSent?.(), connection: () => run?.avatar ?? playbackSink(run?.voice?.playback), onChange: (speaking) => dispatch({ type: 'speaking-change', speaking }) });
  const params = createParams(options.params ?? {}, () => run?.avatar ?? null);
  const volume = createOutputVolume(clock, applyVolume, (chosen) => dispatch({ type: 'volume-change', volume: chosen }));
  const output = createSpeakerChoice(() => run, (speakerId) => dispatch({ type: 'speaker-change', speakerId }));
  const interrupter = createInterrupter({ speaker, volume, run: () => run, onTurnRaise, onError });
  const subscribeSpeechLevel = createSpeechLevel({ store, clock, playback: () => run?.voice?.playback ?? null });
  const turns = createTurns({
    option: options.turnTaking,
    wiring,
    microphone,
    clock,
    emitter,
    state,
    volume,
    subscribeSpeechLevel,
    playbackTrack: () => run?.voice?.playback?.mediaStreamTrack ?? null,
    cut: () => interrupter.interrupt(),
    onGateChange: () => {
      ears.onGateChange();
      run?.updateMicrophoneTrack();
    },
  });
  const ears = createSessionEars({
    microphone,
    turns: turns.taking,
    listens: input === 'microphone',
    sink: () => run && microphoneSink(run),
    status: () => state.machine.view.status,
    // Who thinks for itself may be spoken to while it speaks; an avatar that repeats what it is sent would mix the two.
    isSpeaking: () => !wiring.thinksForItself && speaker.speaking,
    dispatch,
    onError,
  });
  const requests = createRequests({ run: () => run, onTextSent: turns.onTextSent, speaker, canSpeak: () => state.machine.phase === 'running' && state.machine.hasBeenLive });
  const recovery = createRecovery({ clock, machine: () => state.machine, dispatch });
  const retain = createRetainer(clock, () => void end());

  let run: SessionRun | null = null;
  /** Set from `start()` until the session ends or fails. */
  let started: Deferred<void> | null = null;
  /** Set while an earlier run is being closed. */
  let teardown: Promise<void> | null = null;

  function perform(effect: SessionEffect): void {
    switch (effect.type) {
      case 'open':
        return run?.open(effect.part);
      case 'schedule-retry':
        return recovery.scheduleRetry(effect.attempt, effect.notBeforeMs);
      case 'schedule-hold':
        return recovery.scheduleHold();
      case 'announce-live':
        dispatch({ type: 'live-note', atMs: Date.now() });
        return started?.resolve();
      case 'announce-failure':
        started?.reject(effect.error);
        started = null;
        return;
      case 'teardown':
        teardown = release().finally(() => {
          teardown = null;
        });
    }
  }

  function announce(effect: SessionEffect): void {
    switch (effect.type) {
      case 'announce-recovery':
        ears.reportLosses();
        return emitter.emit('recover', recovery.takeLoss());
      case 'announce-failure':
        return emitter.emit('error', { error: effect.error });
    }
  }

  /** Closes everything; what is said from here on goes nowhere. */
  async function release(): Promise<void> {
    volume.reset();
    speaker.cancel();
    ears.stop();
    turns.stop();
    // After the ears: they tell what was lost up to now.
    recovery.reset();
    if (typeof window !== 'undefined') window.removeEventListener('pagehide', onPageHide);
    const closing = run?.close();
    run = null;
    await closing;
    ears.forget();
    dispatch({ type: 'teardown-finish' });
  }

  function onPageHide(): void {
    // The state machine's own teardown may not get to run any more: the beacon must leave in this very task.
    void run?.close({ leaving: true });
    void end();
  }

  async function begin(deferred: Deferred<void>, { microphone: opensMicrophone = true }: StartOptions): Promise<void> {
    if (teardown) await teardown;
    if (started !== deferred) return;
    const current = createSessionRun({
      wiring,
      loadPlayback: wiring.voice && !wiring.avatar ? () => loadPlayback(options.playback, volume.current, output.current) : null,
      ...{ channel, microphone, clock, emitter },
      subscribeCuts: turns.taking?.subscribeCuts ?? null,
      params: () => params.current,
      onBargeIn: interrupter.bargeIn,
      onReplySpeech() {
        interrupter.onReply();
        turns.onReplySpeech();
      },
      isMicrophoneOpen: () => turns.taking?.open ?? true,
      volume: () => volume.current,
      speakerId: () => output.current,
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
    if (typeof window !== 'undefined') window.addEventListener('pagehide', onPageHide);
    dispatch({ type: 'start', unused: opensMicrophone ? wiring.unused : [...wiring.unused, 'microphone'] });
    // It may have been on, or muted, before the session began.
    dispatch({ type: 'microphone-change', microphone: microphone.getSnapshot() });
  }

  function applyVolume(next: number): void {
    run?.channel?.setVolume(next);
    run?.voice?.playback?.setVolume(next);
    turns.onVolumeChange();
  }

  function start(options: StartOptions = {}): Promise<void> {
    if (started) return started.promise;
    const deferred = createDeferred();
    started = deferred;
    void begin(deferred, options);
    return deferred.promise;
  }

  async function end(): Promise<void> {
    // Does nothing to a start that has already succeeded. One that still waits for an older teardown finds that it is no longer wanted.
    started?.reject(new AvatarError('session-ended', { message: 'The session was ended while it started.' }));
    started = null;
    dispatch({ type: 'end' });
    await teardown;
  }

  function onError(error: AvatarError): void {
    emitter.emit('error', { error });
  }

  function onTurnRaise(): void {
    dispatch({ type: 'turn-raise' });
    turns.onInterrupt();
    emitter.emit('interrupt', { turnId: state.machine.view.turnId });
  }

  async function interrupt(): Promise<void> {
    if (state.machine.view.status !== 'live') return;
    // Who thinks for itself tells one utterance from the next by itself.
    if (!wiring.thinksForItself) ears.hold();
    await interrupter.interrupt();
  }

  return {
    start,
    end,
    interrupt,
    retain,
    microphone,
    ...sessionTraits(wiring),
    subscribeSpeechLevel,
    getLatency: () => turns.latency,
    getTurnMode: () => turns.mode,
    setTurnMode: turns.setMode,
    setTalking: turns.setTalking,
    ...requests,
    setParams: (next) => params.add(next),
    setVolume: volume.set,
    setSpeaker: output.set,
    ...createRunQueries(() => run),
    on: emitter.on,
    subscribe: store.subscribe,
    getSnapshot: store.get,
  };
}
