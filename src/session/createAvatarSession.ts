import { createMicrophone, type MicrophoneOptions } from '../audio/createMicrophone.js';
import type { AudioStream } from '../audio/AudioStream.js';
import { createPlayback, type Playback, type PlaybackOptions } from '../audio/createPlayback.js';
import type { Channel } from '../channel/channel.js';
import { createDefaultChannel } from '../channel/createDefaultChannel.js';
import { systemClock, type Clock } from '../clock/clock.js';
import { createDeferred, type Deferred } from '../clock/createDeferred.js';
import { AvatarError } from '../errors/AvatarError.js';
import { createEmitter } from '../events/createEmitter.js';
import type { GrantOption } from '../grant/createGrantSource.js';
import type { AvatarParams, AvatarService, VoiceConnection, VoiceService } from '../services/service.js';
import { createStore } from '../store/createStore.js';
import type { AvatarSession, SessionEventMap } from './AvatarSession.js';
import { backoffDelay } from './backoffDelay.js';
import { createInterrupter } from './createInterrupter.js';
import { createMicrophoneUplink, type MicrophoneUplink } from './createMicrophoneUplink.js';
import { createRetainer } from './createRetainer.js';
import { createSessionRun, type SessionRun } from './createSessionRun.js';
import { createSpeaker } from './createSpeaker.js';
import { initialSessionMachine, reduceSession, type SessionEffect, type SessionEvent } from './reduceSession.js';
import { sessionWiring } from './sessionWiring.js';
import type { SessionState } from './state.js';

/** How a session is wired. Only `grant` is required, and not even that when nothing needs a server. */
export interface AvatarSessionOptions {
  /** Base URL of `createAvatarHandler`, a function that fetches a grant, or a grant. */
  readonly grant?: GrantOption;
  /** The avatar service. Default: `akoolStreaming()`, or none when there is a voice service. */
  readonly avatar?: AvatarService;
  /**
   * The voice service: hears the microphone and answers with speech. With an avatar its speech comes from the avatar's
   * mouth; without one it is played from the page.
   */
  readonly voice?: VoiceService;
  /** Options of the playback without an avatar, or a playback of the application's own. */
  readonly playback?: PlaybackOptions | Playback;
  /** Voice, language, background. */
  readonly params?: AvatarParams;
  /** `microphone` (default): what the user says is sent to the avatar. `none`: the application calls `speak()`. */
  readonly input?: 'microphone' | 'none';
  /** Options of the microphone, or a stream of the application's own. */
  readonly microphone?: MicrophoneOptions | AudioStream;
  /** The room in which the avatar appears. Default: what the grant names. */
  readonly channel?: Channel;
  /** Attempts to connect again before the session fails. Default 6. */
  readonly maxRetryAttempts?: number;
  readonly clock?: Clock;
}

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
  if (!(Number.isInteger(maxRetryAttempts) && maxRetryAttempts >= 0)) {
    throw new AvatarError('invalid-options', { message: `maxRetryAttempts must be a whole number from 0, not ${String(maxRetryAttempts)}.` });
  }
  const wiring = sessionWiring({ ...options, input });
  const playback = wiring.voice && !wiring.avatar ? playbackOf(options.playback) : null;
  const microphone = isAudioStream(options.microphone) ? options.microphone : createMicrophone(options.microphone);
  const emitter = createEmitter<SessionEventMap>();
  const store = createStore<SessionState>(initialSessionMachine.view);
  const speaker = createSpeaker({ clock, connection: () => run?.avatar ?? playbackSink, onChange: (speaking) => dispatch({ type: 'speaking-change', speaking }) });
  const interrupter = createInterrupter({ clock, speaker, run: () => run, volume: () => volume, onTurnRaise });
  const retain = createRetainer(clock, () => void end());

  /** Takes `speak()` where there is no avatar. */
  const playbackSink = playback && {
    sendAudio(samples: Int16Array) {
      playback.push(samples, 16_000);
      return 0;
    },
    flushAudio: () => playback.end(),
  };

  let machine = initialSessionMachine;
  let params: AvatarParams = options.params ?? {};
  let run: SessionRun | null = null;
  let uplink: MicrophoneUplink | null = null;
  /** Set from `start()` until the session ends or fails. */
  let started: Deferred<void> | null = null;
  /** Set while an earlier run is being closed. */
  let teardown: Promise<void> | null = null;
  let cancelRetry = () => {};
  let volume = 1;
  let lostAt: { readonly timeMs: number; readonly lostAudioMs: number } | null = null;
  let unsubscribeMicrophone = () => {};

  function dispatch(event: SessionEvent): void {
    const { machine: next, effects } = reduceSession(machine, event, { maxAttempts: maxRetryAttempts });
    machine = next;
    if (next.view.status === 'reconnecting') lostAt ??= { timeMs: clock.now(), lostAudioMs: store.get().lostAudioMs };
    if (next.view !== store.get()) {
      store.set(next.view);
      emitter.emit('state-change', { state: next.view });
    }
    for (const effect of effects) perform(effect);
  }

  function perform(effect: SessionEffect): void {
    switch (effect.type) {
      case 'open':
        return run?.open(effect.part);
      case 'schedule-retry': {
        const tooSoon = machine.view.interruption?.reason === 'reconnect-too-soon';
        cancelRetry = clock.schedule(() => dispatch({ type: 'retry-due' }), backoffDelay(effect.attempt, Math.random(), tooSoon));
        return;
      }
      case 'announce-live':
        return started?.resolve();
      case 'announce-recovery': {
        uplink?.reportLosses();
        const { timeMs, lostAudioMs } = lostAt ?? { timeMs: clock.now(), lostAudioMs: machine.view.lostAudioMs };
        lostAt = null;
        emitter.emit('recover', { lostAudioMs: machine.view.lostAudioMs - lostAudioMs, downtimeMs: Math.round(clock.now() - timeMs) });
        return;
      }
      case 'announce-failure':
        started?.reject(effect.error);
        started = null;
        return emitter.emit('error', { error: effect.error });
      case 'teardown':
        teardown = release().finally(() => {
          teardown = null;
        });
        return;
    }
  }

  /** Closes everything; what is said from here on goes nowhere. */
  async function release(): Promise<void> {
    cancelRetry();
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
      playback,
      channel,
      microphone,
      clock,
      emitter,
      params: () => params,
      onBargeIn: () => void interrupter.bargeIn().catch(reportError),
      volume: () => volume,
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
        connection: () => (machine.view.status === 'live' ? (wiring.voice ? current.voice : current.avatar) : null),
        isReconnecting: () => machine.view.status === 'reconnecting',
        // A voice service may be spoken to while the avatar speaks; an avatar would mix the two.
        isSpeaking: () => !wiring.voice && speaker.speaking,
        onHoldChange: (held) => dispatch({ type: 'input-hold', held }),
        onLose: (lostMs) => dispatch({ type: 'audio-lose', lostMs }),
      });
    }
    if (typeof window !== 'undefined') window.addEventListener('pagehide', onPageHide);
    dispatch({ type: 'start', unused: wiring.unused });
  }

  function onMicrophoneChange(): void {
    const snapshot = microphone.getSnapshot();
    const wasOn = machine.view.microphone.status === 'on';
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
    emitter.emit('interrupt', { turnId: machine.view.turnId });
  }

  function reportError(cause: unknown): void {
    if (AvatarError.isInstance(cause)) emitter.emit('error', { error: cause });
  }

  async function interrupt(): Promise<void> {
    if (machine.view.status !== 'live') return;
    // A voice service tells one utterance from the next by itself.
    if (!wiring.voice) uplink?.hold();
    await interrupter.interrupt();
  }

  async function toVoice(what: string, send: (voice: VoiceConnection) => Promise<void>): Promise<void> {
    const voice = run?.voice;
    if (!voice) throw new AvatarError('not-ready', { message: `${what} needs a live session with a voice service.` });
    await send(voice);
  }

  return {
    start,
    end,
    interrupt,
    retain,
    microphone,
    usesMicrophone: input === 'microphone',
    async speak(samples, speakOptions = {}) {
      if (machine.phase !== 'running' || !machine.hasBeenLive) {
        throw new AvatarError('not-ready', { message: 'The avatar cannot speak before the session is live. Await start() first.' });
      }
      return speaker.speak(samples, speakOptions);
    },
    sendText: (text) => toVoice('sendText()', (voice) => voice.sendText(text)),
    sendImage: (image) => toVoice('sendImage()', (voice) => voice.sendImage(image)),
    async setParams(next) {
      params = { ...params, ...next };
      if (machine.view.status === 'live') await run?.avatar?.setParams(params);
    },
    async resumeSound() {
      await Promise.all([run?.channel?.resumePlayback(), playback?.resume()]);
    },
    setVolume(next) {
      volume = Math.min(1, Math.max(0, next));
      run?.channel?.setVolume(volume);
      playback?.setVolume(volume);
    },
    getConnectionInfo: () => run?.avatar?.info() ?? run?.voice?.info() ?? null,
    getChannelClient: () => run?.channel?.native ?? null,
    on: emitter.on,
    subscribe: store.subscribe,
    getSnapshot: store.get,
  };
}

function playbackOf(option: PlaybackOptions | Playback | undefined): Playback {
  return option && 'push' in option ? option : createPlayback(option);
}

function isAudioStream(value: MicrophoneOptions | AudioStream | undefined): value is AudioStream {
  return value !== undefined && 'subscribeFrames' in value;
}
