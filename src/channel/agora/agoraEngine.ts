import type { AgoraClient, AgoraLocalTrack } from './agoraClient.js';

/** What makes clients and tracks, and what a page needs when the browser blocks their sound. */
export interface AgoraEngine {
  /** The client of the next stay in a room. */
  createClient(): AgoraClient;
  /** Wraps a track for `client.publish`. */
  createLocalTrack(track: MediaStreamTrack): AgoraLocalTrack;
  /** Lets go of a wrapped track. The media track itself goes on. */
  closeLocalTrack(track: AgoraLocalTrack): void;
  /** How often clients emit `volume-indicator`; read when it is enabled. */
  setVolumeInterval(intervalMs: number): void;
  /** Calls back when the browser refuses to play a client's sound. */
  onAutoplayFailed(listener: () => void): () => void;
  /** Plays what was refused. Call it from a click. */
  resume(): Promise<void>;
}
