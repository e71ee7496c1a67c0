import { systemClock, type Clock } from '../clock/clock.js';
import { AvatarError } from '../errors/AvatarError.js';
import { closeContext } from './closeContext.js';
import { createAutoplayWatch } from './createAutoplayWatch.js';
import { loadWorklet, type WorkletCode } from './loadWorklet.js';
import { needsElement } from './needsElement.js';

/** An open audio output with the playback worklet in it. */
export interface PlaybackOutput {
  readonly track: MediaStreamTrack;
  /** The context's time. */
  readonly timeSeconds: number;
  /** Sends to the worklet; a buffer is gone afterwards. */
  post(message: ArrayBuffer | 'end' | 'clear'): void;
  /** A port on which somebody else may send the same. Whoever takes it owns it. */
  openPort(): MessagePort;
  setVolume(volume: number): void;
  setSinkId(deviceId: string): Promise<void>;
  resume(): Promise<void>;
  stop(): void;
}

export interface PlaybackOutputOptions {
  readonly code: WorkletCode;
  readonly volume: number;
  /** An empty string is the system's default. */
  readonly deviceId: string;
  readonly clock?: Clock | undefined;
  /** False where only the track is wanted, and this page is to stay silent. */
  readonly audible: boolean;
  /** Gets what the worklet sends: chunks that it has read, and reports. */
  readonly onMessage: (buffer: ArrayBuffer) => void;
  readonly onBlockedChange: (blocked: boolean) => void;
  readonly createContext: () => AudioContext;
}

/** A change of volume takes effect within about three times this, without a click. */
const VOLUME_SECONDS = 0.01;

/** In the place of an element, where there is nothing that the autoplay policy could hold back but the context. */
const UNHEARD = { play: async () => undefined };

/**
 * Opens an audio output: worklet -> volume -> stream -> audio element, this last only where the sound is to be heard. What an
 * element plays, the browser's echo canceller knows; what a context plays by itself, Chrome's does not. Where no element is needed the
 * volume goes straight to the loudspeaker, and to the stream as well.
 *
 * @throws AvatarError `worklet-blocked`, `sound-unavailable`
 * @see https://crbug.com/687574
 */
export async function openPlayback(options: PlaybackOutputOptions): Promise<PlaybackOutput> {
  const { code, deviceId, clock = systemClock, audible, onMessage, onBlockedChange, createContext } = options;
  const undo: (() => void)[] = [];
  const stop = () => {
    for (const step of undo.splice(0).reverse()) step();
  };
  try {
    const context = newContext(createContext);
    undo.push(() => closeContext(context));
    const element = audible && needsElement() ? new Audio() : null;
    undo.push(() => {
      if (!element) return;
      element.pause();
      element.srcObject = null;
    });
    // By the same click that started the session: later, Safari would not count it.
    const watch = createAutoplayWatch({ context, element: element ?? UNHEARD, clock, onBlockedChange });
    undo.push(watch.stop);
    const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    const track = destination.stream.getAudioTracks()[0];
    if (!track) throw unavailable('This browser gave no audio track to play.');
    undo.push(() => track.stop());
    if (element) element.srcObject = destination.stream;
    const sounding = watch.resume();
    if (audible && deviceId) await selectDevice(element, deviceId);
    await loadWorklet(context, code);
    await sounding;

    const gain = new GainNode(context, { gain: options.volume });
    gain.connect(destination);
    if (audible && !element) gain.connect(context.destination);
    const node = new AudioWorkletNode(context, 'visavis-pcm-playback', { numberOfInputs: 0, outputChannelCount: [1] });
    node.port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => onMessage(data);
    undo.push(() => {
      node.port.onmessage = null;
      node.port.postMessage('stop');
      node.port.close();
      node.disconnect();
      gain.disconnect();
    });
    node.connect(gain);

    return {
      track,
      get timeSeconds() {
        return context.currentTime;
      },
      post: (message) => node.port.postMessage(message, typeof message === 'string' ? [] : [message]),
      openPort() {
        const { port1, port2 } = new MessageChannel();
        node.port.postMessage(port1, [port1]);
        return port2;
      },
      setVolume: (volume) => void gain.gain.setTargetAtTime(volume, context.currentTime, VOLUME_SECONDS),
      async setSinkId(id) {
        if (audible) await selectDevice(element, id);
      },
      resume: watch.resume,
      stop,
    };
  } catch (error) {
    stop();
    throw error;
  }
}

function newContext(createContext: () => AudioContext): AudioContext {
  if (typeof AudioContext !== 'function' || typeof AudioWorkletNode !== 'function') {
    throw unavailable('This browser or page cannot play speech: AudioWorklet is missing. Use a current browser, over https or on http://localhost.');
  }
  try {
    return createContext();
  } catch (cause) {
    throw unavailable('The browser could not open an audio output. Close other pages that play sound, then try again.', cause);
  }
}

async function selectDevice(element: HTMLAudioElement | null, deviceId: string): Promise<void> {
  if (typeof element?.setSinkId !== 'function') {
    throw unavailable('This browser lets no page choose the output device. Leave deviceId out; the user can choose one in the system settings.');
  }
  try {
    await element.setSinkId(deviceId);
  } catch (cause) {
    throw unavailable('That output device is gone or may not be used by this page. Choose another one, or leave deviceId out.', cause);
  }
}

function unavailable(message: string, cause?: unknown): AvatarError {
  return new AvatarError('sound-unavailable', { message, cause });
}
