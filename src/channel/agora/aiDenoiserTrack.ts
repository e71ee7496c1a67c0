import { AvatarError } from '../../errors/AvatarError.js';
import type { AiDenoiserOptions } from './aiDenoiser.js';
import type { AiDenoiserLatency, AiDenoiserLevel, AiDenoiserMode, AiDenoiserProcessor, DenoiserSdk, PipedAudioTrack } from './aiDenoiserModule.js';

/** A track without its noise. */
export interface DenoisedTrack {
  /** To be published. Its own `enabled` mutes it; that of the microphone's track does not. */
  readonly track: MediaStreamTrack;
  readonly enabled: boolean;
  /** False: the sound passes through as it is. */
  setEnabled(enabled: boolean): Promise<void>;
  setMode(mode: AiDenoiserMode): Promise<void>;
  setLevel(level: AiDenoiserLevel): Promise<void>;
  setLatency(latency: AiDenoiserLatency): Promise<void>;
  /** Ends the track and releases what was made for it. Idempotent, never rejects. */
  stop(): Promise<void>;
}

/** The volume that changes nothing. */
const AS_IT_IS = 100;

/** Puts a processor into a track. */
export async function aiDenoiserTrack(
  source: MediaStreamTrack | PipedAudioTrack,
  processor: AiDenoiserProcessor,
  sdk: DenoiserSdk,
  { mode, level, latency, onOverload, onError }: AiDenoiserOptions,
): Promise<DenoisedTrack> {
  // An Agora track stops what it was made of when it is closed.
  const own = 'processorDestination' in source ? null : sdk.createCustomAudioTrack({ mediaStreamTrack: source.clone() });
  const local = own ?? (source as PipedAudioTrack); // `own` is null for no other
  let output: MediaStreamTrack | null = null;
  let failed = false;
  let stopping: Promise<void> | null = null;

  function passThrough(): void {
    processor.unpipe();
    local.unpipe();
    local.pipe(local.processorDestination);
  }

  function stop(): Promise<void> {
    stopping ??= (async () => {
      passThrough();
      // It may have failed before there was anything to destroy.
      await processor.destroy().catch(() => undefined);
      own?.close();
      if (own) output?.stop();
    })();
    return stopping;
  }

  processor.on('overload', () => onOverload?.());
  processor.on('pipeerror', (cause) => {
    // Missing files are told of twice.
    if (stopping || failed) return;
    failed = true;
    passThrough();
    onError?.(unavailable(cause));
  });
  local.pipe(processor);
  processor.pipe(local.processorDestination);
  try {
    await processor.enable();
    if (mode) await processor.setMode(mode);
    if (level) await processor.setLevel(level);
    if (latency) await processor.setLatency(latency);
    // Until a volume is set the SDK gives out the track that went in, and the processed sound reaches only its own audio nodes.
    local.setVolume(AS_IT_IS);
    output = local.getMediaStreamTrack(true);
  } catch (cause) {
    await stop();
    throw unavailable(cause);
  }
  return {
    track: output,
    get enabled() {
      return processor.enabled;
    },
    async setEnabled(enabled) {
      if (enabled !== processor.enabled) await (enabled ? processor.enable() : processor.disable());
    },
    setMode: (next) => processor.setMode(next),
    setLevel: (next) => processor.setLevel(next),
    setLatency: (next) => processor.setLatency(next),
    stop,
  };
}

function unavailable(cause: unknown): AvatarError {
  return new AvatarError('sound-unavailable', {
    message: "Agora's denoiser did not start, so the sound passes as it is. Check that assetsPath serves the package's folder external, and that the Content-Security-Policy allows 'wasm-unsafe-eval'.",
    cause,
  });
}
