import { AvatarError } from '../../errors/AvatarError.js';
import { createSpectralSource } from './spectral/createSpectralSource.js';
import type { CreateVoiceSource, VoiceProbabilitySource } from './VoiceProbabilitySource.js';

export interface SpectralUntilOptions {
  /** Told why the better source could not be had; the spectral one then stays. */
  readonly onFailure?: (error: AvatarError) => void;
}

/**
 * The spectral source at once, and a better one as soon as it has loaded: a conversation does not wait for a download.
 *
 * @example
 * ```ts
 * const activity = await createVoiceActivity({ source: spectralUntil(rnnoise({ module, wasm })), onSpeechEnd: recognise });
 * ```
 */
export function spectralUntil(better: CreateVoiceSource, { onFailure }: SpectralUntilOptions = {}): CreateVoiceSource {
  return async (options) => {
    let current: VoiceProbabilitySource = createSpectralSource(options);
    let closed = false;

    void better(options).then(
      (source) => {
        // Whatever was pushed has its label by now, so the frames stay in order.
        current.close();
        current = source;
        if (closed) source.close();
      },
      (cause: unknown) => {
        if (closed) return;
        onFailure?.(AvatarError.isInstance(cause) ? cause : new AvatarError('peer-missing', { message: 'The better source of voice probability could not be loaded.', cause }));
      },
    );

    return {
      get kind() {
        return current.kind;
      },
      get latencyMs() {
        return current.latencyMs;
      },
      push: (frame) => current.push(frame),
      reset: () => current.reset(),
      close() {
        closed = true;
        current.close();
      },
    };
  };
}
