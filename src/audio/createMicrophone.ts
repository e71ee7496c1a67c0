import { AvatarError } from '../errors/AvatarError.js';
import { loadPart } from '../errors/loadPart.js';
import { notify } from '../events/notify.js';
import { createStore } from '../store/createStore.js';
import type { AudioFrame, AudioStream } from './AudioStream.js';
import { bothOf } from './bothOf.js';
import type { FrameCapture } from './captureFrames.js';
import { createVoiceTap } from './createVoiceTap.js';
import { initialMicrophoneState, type MicrophoneState } from './microphoneState.js';

export interface MicrophoneOptions {
  /** Which input device, and no other: without it there is no start. Left out: what the user prefers, else the system's default. */
  readonly deviceId?: string;
  /** Default true. */
  readonly echoCancellation?: boolean;
  /** Default true. */
  readonly noiseSuppression?: boolean;
  /** Default true. */
  readonly autoGainControl?: boolean;
  /** Where the application serves `visavis/worklets/mic-capture.js`; needed where the CSP forbids `blob:` scripts. */
  readonly workletUrl?: string;
}

/** Which device is asked for. */
interface DeviceWish {
  /** Empty: the system's default. */
  readonly deviceId: string;
  /** False: where it is gone, another one will do. */
  readonly required: boolean;
}

/**
 * Makes a microphone that delivers 10 ms frames, mono, 16 kHz, whatever the hardware's rate is.
 *
 * Nothing is opened before `start()`, and after `stop()` nothing is left open.
 */
export function createMicrophone(options: MicrophoneOptions = {}): AudioStream {
  const store = createStore<MicrophoneState>(initialMicrophoneState);
  const frameListeners = new Set<(frame: AudioFrame) => void>();
  const levelListeners = new Set<(level: number) => void>();
  const portListeners = new Set<(port: MessagePort) => void>();
  const voice = createVoiceTap(() => store.get().muted);
  let referenceTrack: MediaStreamTrack | null = null;
  let referenceGain = 1;
  let wanted: DeviceWish = { deviceId: options.deviceId ?? '', required: true };
  // Raised by every start and stop: what an older start still brings is thrown away.
  let generation = 0;
  let starting: Promise<void> | null = null;
  let capture: FrameCapture | null = null;

  const emitLevel = (level: number) => notify(levelListeners, level);

  function onFrame(frame: AudioFrame): void {
    const { muted } = store.get();
    if (frame.sequence % 2 === 0) emitLevel(muted ? 0 : frame.rms);
    if (!muted) notify(frameListeners, frame);
  }

  function onInterrupt(interrupted: boolean): void {
    store.set({ ...store.get(), interrupted });
  }

  async function followVoice(): Promise<void> {
    const followed = capture;
    const source = await followed?.voice;
    if (source && followed === capture) voice.follow(source);
  }

  function release(): void {
    generation++;
    starting = null;
    voice.follow(null);
    capture?.stop();
    capture = null;
    emitLevel(0);
  }

  function fail(error: AvatarError): void {
    release();
    store.set({ ...store.get(), status: 'failed', error, deviceId: null, interrupted: false });
  }

  /** Opens a device and what runs behind it. */
  async function openDevice(wish: DeviceWish): Promise<FrameCapture> {
    // Asked for in the very click that starts, while what the sound then runs through is still on its way.
    const loading = loadCapture();
    const [stream, { captureMicrophone }] = await bothOf(askFor(wish, loading), loading);
    const opened: FrameCapture = await captureMicrophone(stream, options.workletUrl, { onFrame, onInterrupt, onVoiceBreak: () => void followVoice() });
    // A device that is heard goes on until its successor is heard everywhere.
    if (capture) await opened.voice;
    // The event of a track that ended while the worklet was loading has gone by.
    if (opened.track.readyState !== 'ended') return opened;
    opened.stop();
    throw unplugged();
  }

  async function askFor({ deviceId, required }: DeviceWish, loading: ReturnType<typeof loadCapture>): Promise<MediaStream> {
    // An insecure page is not even asked for.
    if (typeof isSecureContext === 'boolean' && !isSecureContext) throw (await loading).microphoneError(null);
    try {
      // `exact` in any case: Chrome takes an `ideal` device for no more than a hint.
      return await navigator.mediaDevices.getUserMedia({ audio: constraintsOf(options, deviceId) });
    } catch (cause) {
      const error = (await loading).microphoneError(cause);
      if (error.reason !== 'microphone-missing' || required || deviceId === '') throw error;
      return askFor({ deviceId: '', required }, loading);
    }
  }

  /** What is opened takes over from what was open before. */
  function adopt(opened: FrameCapture): void {
    capture?.stop();
    capture = opened;
    opened.track.addEventListener('ended', () => {
      void replace(opened);
    });
    opened.track.enabled = !store.get().muted;
    opened.reference.setGain(referenceGain, 0);
    opened.reference.setTrack(referenceTrack);
    for (const listener of portListeners) listener(opened.openPort());
    void followVoice();
    const { deviceId = null } = opened.track.getSettings();
    store.set({ ...store.get(), status: 'on', error: null, deviceId, interrupted: opened.track.muted });
  }

  /** The device has gone in the middle of a conversation: another one takes its place where nobody has to be asked for it. */
  async function replace(lost: FrameCapture): Promise<void> {
    if (capture !== lost) return;
    const current = generation;
    const isLate = () => current !== generation || capture !== lost;
    try {
      if (!(await (await loadCapture()).hasOtherMicrophone())) throw unplugged();
      if (isLate()) return;
      const opened = await openDevice({ deviceId: '', required: false });
      if (isLate()) return opened.stop();
      adopt(opened);
    } catch {
      // Whatever kept the other one from opening: what the user has to know is that the first is gone.
      if (!isLate()) fail(unplugged());
    }
  }

  async function open(current: number): Promise<void> {
    try {
      const opened = await openDevice(wanted);
      if (current !== generation) return opened.stop();
      adopt(opened);
    } catch (cause) {
      const error = await asMicrophoneError(cause);
      if (current !== generation) return;
      fail(error);
      throw error;
    }
  }

  async function change(deviceId: string, current: number): Promise<void> {
    const before = wanted;
    // Once it has been had, its absence must not keep a later session from starting.
    const lasting = (wanted = { deviceId, required: false });
    // A start that is under way asks for what was wanted when it began.
    await starting?.catch(() => undefined);
    if (capture === null || current !== generation) return;
    try {
      const opened = await openDevice({ deviceId, required: true });
      if (current !== generation || wanted !== lasting) return opened.stop();
      adopt(opened);
    } catch (cause) {
      if (wanted === lasting) wanted = before;
      throw await asMicrophoneError(cause);
    }
  }

  return {
    preload: loadCapture,
    start() {
      if (!starting) {
        store.set({ ...store.get(), status: 'requesting', error: null });
        starting = open(++generation);
      }
      return starting;
    },
    stop() {
      release();
      const { status } = store.get();
      // A failed microphone stays so until it is started again: why it failed is still to be read.
      if (status === 'on' || status === 'requesting') store.set({ ...store.get(), status: 'off', deviceId: null, interrupted: false });
    },
    setDevice: (deviceId) => change(deviceId, generation),
    preferDevice(deviceId) {
      if (options.deviceId === undefined) wanted = { deviceId, required: false };
    },
    setMuted(muted) {
      if (store.get().muted === muted) return;
      if (capture) capture.track.enabled = !muted;
      store.set({ ...store.get(), muted });
      if (muted) emitLevel(0);
    },
    getTrack: () => capture?.track ?? null,
    setReference(track) {
      if (track !== null && track.kind !== 'audio') throw new AvatarError('invalid-options', { message: 'The reference must be an audio track, or null.' });
      referenceTrack = track;
      capture?.reference.setTrack(track);
    },
    setReferenceGain(gain, rampMs = 20) {
      if (!(gain >= 0 && gain <= 1)) throw new AvatarError('invalid-options', { message: `A reference gain of ${String(gain)} cannot be set; use 0 to 1.` });
      if (!(rampMs >= 0 && rampMs < Infinity)) throw new AvatarError('invalid-options', { message: 'rampMs must be a number of milliseconds, 0 or more.' });
      referenceGain = gain;
      capture?.reference.setGain(gain, rampMs);
    },
    subscribePorts(listener) {
      if (capture) listener(capture.openPort());
      return addListener(portListeners, listener);
    },
    voice: { subscribePorts: voice.subscribePorts, subscribeFrames: voice.subscribeFrames },
    subscribe: store.subscribe,
    getSnapshot: store.get,
    subscribeFrames: (listener) => addListener(frameListeners, listener),
    subscribeLevel: (listener) => addListener(levelListeners, listener),
  };
}

/** What a microphone needs once somebody has asked for it. */
function loadCapture(): Promise<typeof import('./captureMicrophone.js')> {
  return loadPart('What reads the microphone', () => import('./captureMicrophone.js'));
}

function unplugged(): AvatarError {
  return new AvatarError('microphone-unplugged', { message: 'The microphone was unplugged or taken away. Connect one and start again.' });
}

async function asMicrophoneError(cause: unknown): Promise<AvatarError> {
  return AvatarError.isInstance(cause) ? cause : (await loadCapture()).microphoneError(cause);
}

function addListener<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function constraintsOf(options: MicrophoneOptions, deviceId: string): MediaTrackConstraints {
  const { echoCancellation = true, noiseSuppression = true, autoGainControl = true } = options;
  return { channelCount: 1, echoCancellation, noiseSuppression, autoGainControl, ...(deviceId === '' ? {} : { deviceId: { exact: deviceId } }) };
}
