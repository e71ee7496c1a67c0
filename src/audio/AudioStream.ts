import type { MicrophoneState } from './microphoneState.js';

/** 10 ms of microphone sound. Valid only during the call that delivers it: copy what you keep. */
export interface AudioFrame {
  /** Int16Array [160], mono, 16 kHz. */
  readonly samples: Int16Array;
  /** Counts up by one from 0; a gap means that frames were lost. */
  readonly sequence: number;
  /** Root mean square, 0 to 1. */
  readonly rms: number;
  /** Largest magnitude, 0 to 1. */
  readonly peak: number;
}

/** A microphone as 16 kHz frames. */
export interface AudioStream {
  /** Asks for the microphone and starts. Idempotent. Rejects with an `AvatarError` that says which way it failed. */
  start(): Promise<void>;
  /** Stops and releases the device: the browser's recording sign goes out. Idempotent. */
  stop(): void;
  /** A muted stream keeps the device and delivers no frames. */
  setMuted(muted: boolean): void;
  /** The device's track while on, for a room that takes tracks. Clone it; it ends with `stop()`. Absent where there is none to give. */
  getTrack?(): MediaStreamTrack | null;
  subscribe(listener: () => void): () => void;
  getSnapshot(): MicrophoneState;
  /** Every 10 ms frame, in order, while on and not muted. */
  subscribeFrames(listener: (frame: AudioFrame) => void): () => void;
  /** Level for meters, 0 to 1 (RMS), 50 times a second; 0 when muted or off. */
  subscribeLevel(listener: (level: number) => void): () => void;
}
