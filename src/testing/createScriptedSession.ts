import type { ChannelStats } from '../channel/channel.js';
import { systemClock, type Clock } from '../clock/clock.js';
import { createEmitter } from '../events/createEmitter.js';
import type { ConnectionInfo } from '../services/service.js';
import type { AvatarSession, SessionEventMap } from '../session/AvatarSession.js';
import { emptyLatency, type SessionLatency } from '../session/latency/TurnMetrics.js';
import { writeSessionLog } from '../session/log/writeSessionLog.js';
import { initialSessionMachine } from '../session/reduceSession.js';
import { initialSessionState, type SessionState } from '../session/state.js';
import { createStore } from '../store/createStore.js';
import type { TurnMode } from '../turn-taking/detector/TurnDetectorEvent.js';
import { createScriptedMicrophone, type ScriptedMicrophone } from './createScriptedMicrophone.js';

/** One call that the code under test made. */
export interface ScriptedCall {
  /** Such as `start` or `microphone.setMuted`. */
  readonly method: string;
  readonly args: readonly unknown[];
}

/** An {@link AvatarSession} without a network: a test or a story says what happens. */
export interface ScriptedSession extends AvatarSession {
  readonly microphone: ScriptedMicrophone;
  /** Every call so far, in order. */
  readonly calls: readonly ScriptedCall[];
  /** How many users hold the session at this moment. */
  readonly retainCount: number;
  /** Moves the session into a state, as if the network had. */
  push(patch: Partial<SessionState>): void;
  /** Makes the turns have taken this long. */
  pushLatency(latency: SessionLatency): void;
  emit<K extends keyof SessionEventMap>(type: K, event: SessionEventMap[K]): void;
  /** Delivers one microphone level, 0 to 1. */
  emitLevel(level: number): void;
  /** Delivers one level of the assistant's speech, 0 to 1. */
  emitSpeechLevel(level: number): void;
  /** How many listeners hear the assistant's level: a leak check. */
  readonly speechListenerCount: number;
}

export interface ScriptedSessionOptions {
  /** Where the session begins; what is left out is as in `initialSessionState`. */
  readonly state?: Partial<SessionState>;
  readonly usesMicrophone?: boolean;
  /** False: voice only. Default true. */
  readonly usesAvatar?: boolean;
  /** Default true. */
  readonly takesText?: boolean;
  /** What interrupts the other side; null: the session takes no turns. Default `voice`. */
  readonly turnMode?: TurnMode | null;
  /** What `getChannelStats()` gives. Default null. */
  readonly channelStats?: ChannelStats | null;
  /** What `sendText()` does after it has been noted; a rejection is passed on. */
  readonly onSendText?: (text: string, session: ScriptedSession) => void | Promise<void>;
  readonly connectionInfo?: ConnectionInfo | null;
  /** What `start()` does after it has been noted. Default: nothing, so that the script can `push` what comes next. */
  readonly onStart?: (session: ScriptedSession) => void | Promise<void>;
  readonly onInterrupt?: (session: ScriptedSession) => void | Promise<void>;
  readonly clock?: Clock;
}

/**
 * Makes a session for tests and stories of components.
 *
 * @example
 * ```tsx
 * const session = createScriptedSession({ state: { status: 'live' } });
 * render(<AvatarProvider session={session}><ConnectionStatus /></AvatarProvider>);
 * act(() => session.push({ status: 'reconnecting' }));
 * ```
 */
export function createScriptedSession(options: ScriptedSessionOptions = {}): ScriptedSession {
  const { clock = systemClock, usesMicrophone = true, usesAvatar = true, takesText = true, channelStats = null, connectionInfo = null } = options;
  let latency = emptyLatency;
  let { turnMode = 'voice' } = options;
  const store = createStore<SessionState>({ ...initialSessionState, ...options.state });
  const emitter = createEmitter<SessionEventMap>();
  const calls: ScriptedCall[] = [];
  const speechListeners = new Set<(level: number) => void>();
  const note = (method: string, args: readonly unknown[]): void => void calls.push({ method, args });
  const microphone = createScriptedMicrophone(options.state?.microphone, note);
  let users = 0;
  let cancelEnd = (): void => undefined;

  const push = (patch: Partial<SessionState>): void => {
    const before = store.get();
    if (patch.microphone !== undefined) microphone.push(patch.microphone);
    store.set({ ...before, ...patch });
    emitter.emit('state-change', { state: store.get() });
    if (patch.error && patch.error !== before.error) emitter.emit('error', { error: patch.error });
  };
  microphone.subscribe(() => store.set({ ...store.get(), microphone: microphone.getSnapshot() }));

  const session: ScriptedSession = {
    async start(...args) {
      note('start', args);
      await options.onStart?.(session);
    },
    // Not noted: whether the pointer has passed over a button is no step of a script.
    preload: async () => undefined,
    end() {
      note('end', []);
      if (store.get().status !== 'idle') push({ status: 'ended', video: null, audio: null, sound: 'none' });
      return Promise.resolve();
    },
    speak(...args) {
      note('speak', args);
      return Promise.resolve({ interrupted: false, sentMs: args[0] instanceof Int16Array ? args[0].length / 16 : null });
    },
    async interrupt() {
      note('interrupt', []);
      await options.onInterrupt?.(session);
    },
    async sendText(text) {
      note('sendText', [text]);
      await options.onSendText?.(text, session);
    },
    sendImage(image) {
      note('sendImage', [image]);
      return Promise.resolve();
    },
    act(gesture) {
      note('act', [gesture]);
      return Promise.resolve();
    },
    setParams(params) {
      note('setParams', [params]);
      return Promise.resolve();
    },
    resumeSound() {
      note('resumeSound', []);
      push({ sound: 'playing' });
      return Promise.resolve();
    },
    setVolume(volume) {
      note('setVolume', [volume]);
      push({ volume });
    },
    setSpeaker: async (deviceId) => note('setSpeaker', [deviceId]),
    microphone,
    usesMicrophone,
    usesAvatar,
    takesText,
    subscribeSpeechLevel(listener) {
      speechListeners.add(listener);
      return () => speechListeners.delete(listener);
    },
    getConnectionInfo: () => connectionInfo,
    getLatency: () => latency,
    getTurnMode: () => turnMode,
    setTurnMode(mode) {
      note('setTurnMode', [mode]);
      turnMode = mode;
    },
    setTalking: (talking) => note('setTalking', [talking]),
    getChannelStats: () => Promise.resolve(channelStats),
    getChannelClient: () => null,
    async exportLog(options) {
      note('exportLog', options ? [options] : []);
      return writeSessionLog({ policy: { maxAttempts: 0 }, startedAtMs: Date.now(), base: { ...initialSessionMachine, view: store.get() }, events: [], droppedEvents: 0 }, options);
    },
    on: emitter.on,
    subscribe: store.subscribe,
    getSnapshot: store.get,
    retain() {
      cancelEnd();
      users += 1;
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        users -= 1;
        // A moment later, as the real one: StrictMode releases and retains again at once.
        if (users === 0) cancelEnd = clock.schedule(() => void session.end(), 0);
      };
    },
    calls,
    get retainCount() {
      return users;
    },
    push,
    pushLatency(next) {
      latency = next;
      emitter.emit('latency-change', { latency });
    },
    emit: emitter.emit,
    emitLevel: microphone.emitLevel,
    emitSpeechLevel: (level) => speechListeners.forEach((listener) => listener(level)),
    get speechListenerCount() {
      return speechListeners.size;
    },
  };
  return session;
}
