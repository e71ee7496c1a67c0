import type { AudioFrame } from './AudioStream.js';

/** A capture's sound for whoever sends it on. It counts its frames by itself. */
export interface VoiceSource {
  /** A port on which every frame comes. Anything but a buffer that is posted back ends it. */
  openPort(): MessagePort;
  /** Every frame on the page. @returns ends it */
  read(onFrame: (frame: AudioFrame) => void): () => void;
}

/**
 * A microphone's sound for whoever sends it on: sooner than {@link AudioStream.subscribeFrames} where the browser can, and without
 * the avatar's. It numbers its frames by itself; on the page and on the ports a number is the same frame.
 */
export interface VoiceTap {
  /** As {@link AudioStream.subscribePorts}; the reference is zeros where the sound comes sooner. */
  subscribePorts(listener: (port: MessagePort) => void): () => void;
  /** Every 10 ms frame, in order, while on and not muted. */
  subscribeFrames(listener: (frame: AudioFrame) => void): () => void;
}
