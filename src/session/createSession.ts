import { createDefaultChannel } from '../channel/createDefaultChannel.js';
import { systemClock } from '../clock/clock.js';
import { createDeferred, type Deferred } from '../clock/createDeferred.js';
import { AvatarError } from '../errors/AvatarError.js';
import { createEmitter } from '../events/createEmitter.js';
import { asAvatarError } from './asAvatarError.js';
import type { AvatarSession, SessionEventMap, StartOptions } from './AvatarSession.js';
import { checkSessionOptions, type AvatarSessionOptions } from './AvatarSessionOptions.js';
import { createOutputVolume } from './createOutputVolume.js';
import { createParams } from './createParams.js';
import { createRequests } from './createRequests.js';
import { createRetainer } from './createRetainer.js';
import { createRunQueries } from './createRunQueries.js';
import type { RunPart } from './createSessionRun.js';
import type { SessionEngine } from './createSessionEngine.js';
import { createSpeakerChoice } from './createSpeakerChoice.js';
import { createSpeechLevel } from './createSpeechLevel.js';
import { followMicrophone } from './followMicrophone.js';
import { emptyLatency } from './latency/TurnMetrics.js';
import type { loadEngine } from './loadEngine.js';
import { microphoneOf } from './microphoneOf.js';
import type { SessionEffect } from './reduceSession.js';
import { runSessionMachine } from './runSessionMachine.js';
import type { SessionCore } from './SessionCore.js';
import { sessionTraits, sessionWiring } from './sessionWiring.js';
import { createTurnChoice } from './turns/createTurnChoice.js';

/**
 * Makes a session; nothing is opened before `start()`.
 *
 * @param load brings what runs a session; a load that failed is tried again by the next start.
 * @throws AvatarError `invalid-options`
 */
export function createSession(options: AvatarSessionOptions, load: typeof loadEngine): AvatarSession {
  const { input = 'microphone', maxRetryAttempts = 6, clock = systemClock, channel = createDefaultChannel() } = options;
  checkSessionOptions(options);
  const wiring = sessionWiring(options);
  const microphone = microphoneOf(options.microphone);
  const emitter = createEmitter<SessionEventMap>();
  const state = runSessionMachine({
    policy: { maxAttempts: maxRetryAttempts },
    perform,
    announce,
    onChange: (next) => emitter.emit('state-change', { state: next }),
  });
  const { dispatch, store } = state;
  const run = () => engine?.run ?? null;
  const params = createParams(options.params ?? {}, () => run()?.avatar ?? null);
  const volume = createOutputVolume(clock, (next) => engine?.setVolume(next), (chosen) => dispatch({ type: 'volume-change', volume: chosen }));
  const output = createSpeakerChoice(run, (speakerId) => dispatch({ type: 'speaker-change', speakerId }));
  const subscribeSpeechLevel = createSpeechLevel({
    store,
    clock,
    playback: () => run()?.voice?.playback ?? null,
    // A room without an engine has no track.
    meter: (track, meterOptions) => engine?.meterTrack(track, meterOptions) ?? (() => undefined),
  });
  const turnChoice = createTurnChoice(options.turnTaking, wiring, () => engine?.taking ?? null);
  const follower = followMicrophone({ microphone, dispatch, onError });
  const hasBeenLive = () => state.machine.phase === 'running' && state.machine.hasBeenLive;
  const requests = createRequests({ run, onTextSent: () => engine?.onTextSent(), speaker: () => (hasBeenLive() ? (engine?.speaker ?? null) : null) });
  const retain = createRetainer({ clock, isOpen: () => run() !== null || teardown !== null, onUnused: end });
  const core: SessionCore = {
    options,
    wiring,
    listens: input === 'microphone',
    channel,
    microphone,
    clock,
    emitter,
    state,
    volume,
    turnChoice,
    params: () => params.current,
    speakerId: () => output.current,
    subscribeSpeechLevel,
  };

  let engine: SessionEngine | null = null;
  let preparing: Promise<SessionEngine> | null = null;
  /** What is to be opened as soon as the engine is there; null while it runs. */
  let awaiting: RunPart[] | null = [];
  /** Set from `start()` until the session ends or fails. */
  let started: Deferred<void> | null = null;
  /** Set while an earlier run is being closed. */
  let teardown: Promise<void> | null = null;

  function perform(effect: SessionEffect): void {
    switch (effect.type) {
      case 'open':
        // By the click that starts, whatever else is still on its way: the browser asks the user no sooner than it is told to.
        if (effect.part === 'microphone') return openMicrophone();
        if (awaiting) awaiting.push(effect.part);
        else engine?.open(effect.part);
        return;
      case 'schedule-retry':
        return engine?.scheduleRetry(effect.attempt, effect.notBeforeMs);
      case 'schedule-hold':
        return engine?.scheduleHold();
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
        return engine?.announceRecovery();
      case 'announce-failure':
        return onError(effect.error);
    }
  }

  function openMicrophone(): void {
    const current = started;
    microphone.start().then(
      () => {
        if (started === current) dispatch({ type: 'part-open', part: 'microphone' });
      },
      (cause: unknown) => {
        // What an end cuts off is not a failure.
        if (started === current) dispatch({ type: 'part-fail', part: 'microphone', error: asAvatarError(cause, 'microphone-unsupported') });
      },
    );
  }

  async function release(): Promise<void> {
    volume.reset();
    turnChoice.release();
    awaiting = [];
    if (typeof window !== 'undefined') window.removeEventListener('pagehide', onPageHide);
    const closing = engine?.release();
    microphone.stop();
    await closing;
    follower.stop();
    dispatch({ type: 'teardown-finish' });
  }

  function onPageHide(): void {
    // The state machine's own teardown may not get to run any more.
    engine?.leave();
    void end();
  }

  /** A load that failed may be tried again. */
  function prepare(): Promise<SessionEngine> {
    preparing ??= load(clock).then(
      ({ createSessionEngine }) => (engine = createSessionEngine(core)),
      (cause: unknown) => {
        preparing = null;
        throw cause;
      },
    );
    return preparing;
  }

  async function begin(current: Deferred<void>, { microphone: opensMicrophone = true }: StartOptions): Promise<void> {
    if (teardown) await teardown;
    if (started !== current) return;
    if (engine) engage(engine);
    follower.start();
    if (typeof window !== 'undefined') window.addEventListener('pagehide', onPageHide);
    dispatch({ type: 'start', unused: opensMicrophone ? wiring.unused : [...wiring.unused, 'microphone'] });
    // It may have been on, or muted, before the session began.
    dispatch({ type: 'microphone-change', microphone: microphone.getSnapshot() });
    void preloadServices();
    if (awaiting === null || started !== current) return;
    try {
      const prepared = await prepare();
      // Ended while it was loaded: what comes too late starts nothing.
      if (started === current) engage(prepared);
    } catch (cause) {
      if (started === current) dispatch({ type: 'part-fail', part: 'grant', error: asAvatarError(cause, 'load-failed') });
    }
  }

  /** What connects can come while the user is asked for the microphone, and the server for a grant. */
  function preloadServices(): Promise<unknown>[] {
    const loadings = [wiring.avatar?.preload?.(), wiring.voice?.preload?.(), wiring.avatar && channel.preload?.()];
    return loadings.map((loading) => Promise.resolve(loading).catch(() => undefined)); // `connect` tells of it
  }

  /** The engine takes over, with what has been waiting for it. */
  function engage(ready: SessionEngine): void {
    ready.begin();
    const parts = awaiting ?? [];
    awaiting = null;
    parts.forEach(ready.open);
  }

  function start(startOptions: StartOptions = {}): Promise<void> {
    if (started) return started.promise;
    const deferred = createDeferred();
    started = deferred;
    void begin(deferred, startOptions);
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

  return {
    start,
    end,
    async preload() {
      // What the microphone lacks, its own start tells of.
      const hearing = core.listens ? microphone.preload?.().catch(() => undefined) : undefined;
      await Promise.all([prepare(), ...preloadServices(), hearing]);
    },
    async interrupt() {
      if (state.machine.view.status === 'live') await engine?.interrupt();
    },
    retain,
    microphone,
    ...sessionTraits(wiring),
    subscribeSpeechLevel,
    getLatency: () => engine?.latency ?? emptyLatency,
    getTurnMode: () => turnChoice.mode,
    setTurnMode: turnChoice.setMode,
    setTalking: turnChoice.setTalking,
    ...requests,
    setParams: (next) => params.add(next),
    setVolume: volume.set,
    setSpeaker: output.set,
    ...createRunQueries(run),
    exportLog: state.exportLog,
    on: emitter.on,
    subscribe: store.subscribe,
    getSnapshot: store.get,
  };
}
