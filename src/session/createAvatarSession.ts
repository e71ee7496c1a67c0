import { createDefaultChannel } from '../channel/createDefaultChannel.js';
import { systemClock } from '../clock/clock.js';
import { createDeferred, type Deferred } from '../clock/createDeferred.js';
import { AvatarError } from '../errors/AvatarError.js';
import { createEmitter } from '../events/createEmitter.js';
import type { AvatarSession, SessionEventMap } from './AvatarSession.js';
import { checkSessionOptions, type AvatarSessionOptions } from './AvatarSessionOptions.js';
import { backoffDelay } from './backoffDelay.js';
import { createInterrupter } from './createInterrupter.js';
import { createParams } from './createParams.js';
import { createMicrophoneUplink, type MicrophoneUplink } from './createMicrophoneUplink.js';
import { createRequests } from './createRequests.js';
import { createRetainer } from './createRetainer.js';
import { createRoomVolume } from './createRoomVolume.js';
import { createSessionRun, type SessionRun } from './createSessionRun.js';
import { createSpeaker } from './createSpeaker.js';
import { createSpeechLevel } from './createSpeechLevel.js';
import type { SessionEffect } from './reduceSession.js';
import { runSessionMachine } from './runSessionMachine.js';
import { loadPlayback, microphoneOf, microphoneSink, playbackSink } from './sessionSound.js';
import { sessionWiring } from './sessionWiring.js';

export type { AvatarSessionOptions };

/** A connection that lasts this long has come to stay: attempts are counted from 0 again. */
const HOLD_MS = 10_000;

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
  const thinksForItself = wiring.voice !== null || wiring.avatar?.hears === 'room';
  const emitter = createEmitter<SessionEventMap>();
  const state = runSessionMachine({
    policy: { maxAttempts: maxRetryAttempts },
    perform,
    announce,
    onChange: (next) => emitter.emit('state-change', { state: next }),
  });
  const { dispatch, store } = state;
  const sayText = () => run?.voice?.connection?.sayText ?? run?.avatar?.sayText ?? null;
  const whenSent = () => run?.voice?.output.whenSent?.();
  const speaker = createSpeaker({ clock, sayText, whenSent, connection: () => run?.avatar ?? playbackSink(run?.voice?.playback), onChange: (speaking) => dispatch({ type: 'speaking-change', speaking }) });
  const params = createParams(options.params ?? {}, () => run?.avatar ?? null);
  const volume = createRoomVolume(clock, () => run?.channel ?? null);
  const interrupter = createInterrupter({ speaker, volume, run: () => run, onTurnRaise });
  const requests = createRequests(() => run);
  const retain = createRetainer(clock, () => void end());

  let run: SessionRun | null = null;
  let uplink: MicrophoneUplink | null = null;
  /** Set from `start()` until the session ends or fails. */
  let started: Deferred<void> | null = null;
  /** Set while an earlier run is being closed. */
  let teardown: Promise<void> | null = null;
  let cancelRetry = () => {};
  let cancelHold = () => {};
  let lostAt: { readonly timeMs: number; readonly lostAudioMs: number } | null = null;
  let unsubscribeMicrophone = () => {};

  function perform(effect: SessionEffect): void {
    switch (effect.type) {
      case 'open':
        return run?.open(effect.part);
      case 'schedule-retry': {
        cancelHold();
        if (state.machine.hasBeenLive) lostAt ??= { timeMs: clock.now(), lostAudioMs: store.get().lostAudioMs };
        const tooSoon = state.machine.view.interruption?.reason === 'reconnect-too-soon';
        cancelRetry = clock.schedule(() => dispatch({ type: 'retry-due' }), backoffDelay(effect.attempt, Math.random(), tooSoon));
        return;
      }
      case 'schedule-hold':
        cancelHold();
        cancelHold = clock.schedule(() => dispatch({ type: 'connection-hold' }), HOLD_MS);
        return;
      case 'announce-live':
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
      case 'announce-recovery': {
        uplink?.reportLosses();
        const { timeMs, lostAudioMs } = lostAt ?? { timeMs: clock.now(), lostAudioMs: store.get().lostAudioMs };
        lostAt = null;
        emitter.emit('recover', { lostAudioMs: store.get().lostAudioMs - lostAudioMs, downtimeMs: Math.round(clock.now() - timeMs) });
        return;
      }
      case 'announce-failure':
        return emitter.emit('error', { error: effect.error });
    }
  }

  /** Closes everything; what is said from here on goes nowhere. */
  async function release(): Promise<void> {
    cancelRetry();
    cancelHold();
    volume.reset();
    speaker.cancel();
    uplink?.stop();
    uplink = null;
    lostAt = null;
    if (typeof window !== 'undefined') window.removeEventListener('pagehide', onPageHide);
    const closing = run?.close();
    run = null;
    await closing;
    unsubscribeMicrophone();
    unsubscribeMicrophone = () => {};
    dispatch({ type: 'microphone-change', microphone: microphone.getSnapshot() });
    dispatch({ type: 'teardown-finish' });
  }

  function onPageHide(): void {
    // The state machine's own teardown may not get to run any more: the beacon must leave in this very task.
    void run?.close({ leaving: true });
    void end();
  }

  async function begin(deferred: Deferred<void>): Promise<void> {
    if (teardown) await teardown;
    if (started !== deferred) return;
    const current = createSessionRun({
      wiring,
      loadPlayback: wiring.voice && !wiring.avatar ? () => loadPlayback(options.playback, volume.current) : null,
      channel,
      microphone,
      clock,
      emitter,
      params: () => params.current,
      onBargeIn: () => void interrupter.bargeIn().catch(reportError),
      volume: () => volume.current,
      dispatch: (event) => {
        // A late event of a run that is over must not touch the next one.
        if (run === current) dispatch(event);
      },
    });
    run = current;
    unsubscribeMicrophone = microphone.subscribe(onMicrophoneChange);
    if (input === 'microphone') {
      uplink = createMicrophoneUplink({
        microphone,
        connection: () => (state.machine.view.status === 'live' ? microphoneSink(current) : null),
        isReconnecting: () => state.machine.view.status === 'reconnecting',
        // Who thinks for itself may be spoken to while it speaks; an avatar that repeats what it is sent would mix the two.
        isSpeaking: () => !thinksForItself && speaker.speaking,
        onHoldChange: (held) => dispatch({ type: 'input-hold', held }),
        onLose: (lostMs) => dispatch({ type: 'audio-lose', lostMs }),
      });
    }
    if (typeof window !== 'undefined') window.addEventListener('pagehide', onPageHide);
    dispatch({ type: 'start', unused: wiring.unused });
    // It may have been on, or muted, before the session began.
    dispatch({ type: 'microphone-change', microphone: microphone.getSnapshot() });
  }

  function onMicrophoneChange(): void {
    const snapshot = microphone.getSnapshot();
    const wasOn = state.machine.view.microphone.status === 'on';
    dispatch({ type: 'microphone-change', microphone: snapshot });
    if (!wasOn || snapshot.status !== 'failed' || !snapshot.error) return;
    emitter.emit('error', { error: snapshot.error });
    dispatch({ type: 'part-fail', part: 'microphone', error: snapshot.error });
  }

  function start(): Promise<void> {
    if (started) return started.promise;
    const deferred = createDeferred();
    started = deferred;
    void begin(deferred);
    return deferred.promise;
  }

  async function end(): Promise<void> {
    // Does nothing to a start that has already succeeded. One that still waits for an older teardown finds that it is no longer wanted.
    started?.reject(new AvatarError('session-ended', { message: 'The session was ended while it started.' }));
    started = null;
    dispatch({ type: 'end' });
    await teardown;
  }

  function onTurnRaise(): void {
    dispatch({ type: 'turn-raise' });
    emitter.emit('interrupt', { turnId: state.machine.view.turnId });
  }

  function reportError(cause: unknown): void {
    if (AvatarError.isInstance(cause)) emitter.emit('error', { error: cause });
  }

  async function interrupt(): Promise<void> {
    if (state.machine.view.status !== 'live') return;
    // Who thinks for itself tells one utterance from the next by itself.
    if (!thinksForItself) uplink?.hold();
    await interrupter.interrupt();
  }

  return {
    start,
    end,
    interrupt,
    retain,
    microphone,
    usesMicrophone: input === 'microphone',
    usesAvatar: wiring.avatar !== null,
    subscribeSpeechLevel: createSpeechLevel({ store, clock, playback: () => run?.voice?.playback ?? null }),
    async speak(samples, speakOptions = {}) {
      if (state.machine.phase !== 'running' || !state.machine.hasBeenLive) {
        throw new AvatarError('not-ready', { message: 'The avatar cannot speak before the session is live. Await start() first.' });
      }
      return speaker.speak(samples, speakOptions);
    },
    ...requests,
    setParams: (next) => params.add(next),
    async resumeSound() {
      await Promise.all([run?.channel?.resumePlayback(), run?.voice?.playback?.resume()]);
    },
    setVolume(next) {
      volume.set(next);
      run?.voice?.playback?.setVolume(volume.current);
    },
    getConnectionInfo: () => run?.avatar?.info() ?? run?.voice?.connection?.info() ?? null,
    getChannelStats: async () => run?.channel?.getStats() ?? null,
    getChannelClient: () => run?.channel?.native ?? null,
    on: emitter.on,
    subscribe: store.subscribe,
    getSnapshot: store.get,
  };
}
