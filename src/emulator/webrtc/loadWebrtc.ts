import { AvatarError } from '../../errors/AvatarError.js';

/** Picture or sound as the engine takes it. */
interface I420Frame {
  readonly width: number;
  readonly height: number;
  /** Uint8Array [width * height * 3 / 2], planes Y, U, V. */
  readonly data: Uint8Array;
}

interface PcmFrame {
  /** Int16Array of exactly 10 ms, owning its whole buffer. */
  readonly samples: Int16Array;
  readonly sampleRate: number;
  readonly bitsPerSample: 16;
  readonly channelCount: number;
  readonly numberOfFrames: number;
}

/** Sound as the engine gives it: 10 ms, channels interleaved, at a rate of its own choice. */
export interface HeardFrame {
  readonly samples: Int16Array;
  readonly sampleRate: number;
  readonly channelCount: number;
}

/** Calls back while the track lives, with silence too; until `stop`. */
export interface AudioSink {
  ondata: ((frame: HeardFrame) => void) | null;
  stop(): void;
}

/** The parts of the WebRTC engine that the emulator uses. */
export interface Webrtc {
  readonly RTCPeerConnection: typeof RTCPeerConnection;
  readonly MediaStream: typeof MediaStream;
  readonly nonstandard: {
    readonly RTCVideoSource: new () => { createTrack(): MediaStreamTrack; onFrame(frame: I420Frame): void };
    readonly RTCAudioSource: new () => { createTrack(): MediaStreamTrack; onData(frame: PcmFrame): void };
    readonly RTCAudioSink: new (track: MediaStreamTrack) => AudioSink;
    readonly rgbaToI420: (rgba: { width: number; height: number; data: Uint8ClampedArray }, i420: I420Frame) => void;
  };
}

/**
 * Loads the optional WebRTC engine.
 * @throws AvatarError `peer-missing` when it is not installed or has no build for this platform.
 */
export async function loadWebrtc(): Promise<Webrtc> {
  try {
    const loaded: unknown = await import('@roamhq/wrtc');
    // CommonJS: its exports are on `default`. The package types them as the DOM's, which is what Webrtc picks from.
    return (loaded as { default: Webrtc }).default;
  } catch (cause) {
    throw new AvatarError('peer-missing', {
      message: 'The emulator needs a WebRTC engine to send picture and sound. Install it with: npm install --save-dev @roamhq/wrtc',
      cause,
      context: { peer: '@roamhq/wrtc' },
    });
  }
}
