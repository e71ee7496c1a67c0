import type { MicrophoneState } from './microphoneState.js';
import type { VoiceTap } from './VoiceTap.js';

/** 10 ms of microphone sound. Valid only during the call that delivers it: copy what you keep. */
export interface AudioFrame {
  /** Int16Array [160], mono, 16 kHz. */
  readonly samples: Int16Array;
  /**
   * The avatar's sound as it was played in the same 10 ms, on the same clock and through the same filter: Int16Array [160], mono, 16 kHz;
   * zeros where nothing was played. Absent where the stream knows nothing of it.
   */
  readonly reference?: Int16Array;
  /** Counts up by one from 0; a gap means that frames were lost. */
  readonly sequence: number;
  /** Root mean square, 0 to 1. */
  readonly rms: number;
  /** Largest magnitude, 0 to 1. */
  readonly peak: number;
}

/** A microphone as 16 kHz frames. */
export interface AudioStream {
  /** Loads what `start()` needs, without asking for the device. Absent where there is nothing to load. */
  preload?(): Promise<unknown>;
  /** Asks for the microphone and starts. Idempotent. Rejects with an `AvatarError` that says which way it failed. */
  start(): Promise<void>;
  /** Stops and releases the device: the browser's recording sign goes out. Idempotent. */
  stop(): void;
  /**
   * Chooses the input device: of a stream that is on at once, without a gap that would end a conversation; else for the next start. An
   * empty string is the system's default. When it cannot be had, the one before stays. Absent where there is nothing to choose.
   * @throws AvatarError as `start()`
   */
  setDevice?(deviceId: string): Promise<void>;
  /**
   * Names the device that later starts should open if it is there; where it is gone they open the default, which the state then tells.
   * An empty string is the default. Does nothing to a stream that is on. Absent where there is nothing to choose.
   */
  preferDevice?(deviceId: string): void;
  /** A muted stream keeps the device and delivers no frames. */
  setMuted(muted: boolean): void;
  /** The device's track while on, for a room that takes tracks. Clone it; it ends with `stop()`. Absent where there is none to give. */
  getTrack?(): MediaStreamTrack | null;
  /**
   * Which track the avatar's sound comes from, played by whomever; null for none. May be called at any time, also before `start()`, and
   * is remembered from one start to the next. The track stays the caller's. Absent where the stream cannot listen to one.
   */
  setReference?(track: MediaStreamTrack | null): void;
  /**
   * How loud that track is being played, 0 (silent) to 1 (as it comes), so that the reference is what is heard; also while ducked.
   * @param rampMs how long the change takes. Default 20.
   */
  setReferenceGain?(gain: number, rampMs?: number): void;
  /**
   * Gives each capture's frames straight from the audio thread, whatever the page is doing: `listener` gets a port at once while on, and
   * another one at every later start. Frames are buffers laid out as in `micFrame`, also while muted; post each back when it has been
   * read. Whoever takes the port owns it.
   * @returns ends the giving; ports that were given stay open until their owner closes them.
   */
  subscribePorts?(listener: (port: MessagePort) => void): () => void;
  /** The same sound for whoever sends it on. Absent where there is no other way than the frames and ports of the stream itself. */
  readonly voice?: VoiceTap;
  subscribe(listener: () => void): () => void;
  getSnapshot(): MicrophoneState;
  /** Every 10 ms frame, in order, while on and not muted. */
  subscribeFrames(listener: (frame: AudioFrame) => void): () => void;
  /** Level for meters, 0 to 1 (RMS), 50 times a second; 0 when muted or off. */
  subscribeLevel(listener: (level: number) => void): () => void;
}
