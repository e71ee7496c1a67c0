/**
 * What is touched of agora-extension-ai-denoiser and of the SDK's audio tracks, member by member: the package is under Agora's own
 * licence, so visavis neither carries nor installs it.
 * @see https://www.npmjs.com/package/agora-extension-ai-denoiser 2.0.2
 */
export interface AiDenoiserModule {
  /** Makes an {@link AiDenoiserExtension}; by the types alone only where agora-rte-extension is installed as well. */
  readonly AIDenoiserExtension: new (options: { assetsPath: string }) => { checkCompatibility(): boolean };
}

export interface AiDenoiserExtension {
  checkCompatibility(): boolean;
  createProcessor(): AiDenoiserProcessor;
}

export type AiDenoiserMode = 'NSNG' | 'STATIONARY_NS';
export type AiDenoiserLevel = 'SOFT' | 'AGGRESSIVE';
export type AiDenoiserLatency = 'LOW' | 'FULL';

export interface AiDenoiserProcessor extends Pipe {
  readonly enabled: boolean;
  enable(): Promise<void> | void;
  disable(): Promise<void> | void;
  setMode(mode: AiDenoiserMode): Promise<void>;
  setLevel(level: AiDenoiserLevel): Promise<void>;
  setLatency(latency: AiDenoiserLatency): Promise<void>;
  destroy(): Promise<void>;
  on(event: 'pipeerror', listener: (error: Error) => void): void;
  on(event: 'overload', listener: () => void): void;
}

/** A piece of a pipeline of sound. Its parts are the vendor's; they are passed on and never looked into. */
interface Pipe {
  // A method, so that the vendor's own narrower parameter fits.
  pipe(next: Pipe): unknown;
  unpipe(): void;
}

/** An Agora local audio track. */
export interface PipedAudioTrack extends Pipe {
  readonly processorDestination: Pipe;
  /** @param current true: do not report the call. */
  getMediaStreamTrack(current?: boolean): MediaStreamTrack;
  /** @param volume 0 to 1000; 100 is as it is. */
  setVolume(volume: number): void;
  close(): void;
}

export interface DenoiserSdk {
  registerExtensions(extensions: AiDenoiserExtension[]): void;
  createCustomAudioTrack(config: { mediaStreamTrack: MediaStreamTrack }): PipedAudioTrack;
}
