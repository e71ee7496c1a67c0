import { AvatarError } from '../../errors/AvatarError.js';
import type { AiDenoiserExtension, AiDenoiserLatency, AiDenoiserLevel, AiDenoiserMode, AiDenoiserModule, DenoiserSdk, PipedAudioTrack } from './aiDenoiserModule.js';
import { aiDenoiserTrack, type DenoisedTrack } from './aiDenoiserTrack.js';
import { loadPeer } from './loadPeer.js';
import { loadSdk } from './loadSdk.js';

export interface AiDenoiserOptions {
  /** `() => import('agora-extension-ai-denoiser')`: the package is installed by the application, under Agora's licence. */
  readonly load: () => Promise<AiDenoiserModule>;
  /** Address under which the application serves the package's folder `external`. */
  readonly assetsPath: string;
  /** `NSNG` takes away all noise, `STATIONARY_NS` what is even, such as a fan. Default: the package's own. */
  readonly mode?: AiDenoiserMode;
  /** `SOFT` leaves more of the voice. Default: the package's own. */
  readonly level?: AiDenoiserLevel;
  /** Default: the package's own. */
  readonly latency?: AiDenoiserLatency;
  /** The machine cannot keep up: a lighter mode, or `setEnabled(false)`, is advised. */
  readonly onOverload?: () => void;
  /** The sound passes through as it is from now on; also where the package's files were not found. */
  readonly onError?: (error: AvatarError) => void;
}

/** Takes the noise out of microphones. */
export interface AiDenoiser {
  /**
   * @param track - a microphone's, which stays the caller's, or an Agora local audio track, which is changed in its place.
   * @throws AvatarError `peer-missing`, `sound-unavailable` where the browser cannot run it, `channel-failed`
   */
  denoise(track: MediaStreamTrack | PipedAudioTrack): Promise<DenoisedTrack>;
}

/**
 * Agora's AI denoiser. Make one for the page: its extension is registered with the SDK once. Nothing is loaded before it is used.
 *
 * @throws AvatarError `invalid-options`
 * @example
 * ```ts
 * const denoiser = aiDenoiser({ load: () => import('agora-extension-ai-denoiser'), assetsPath: '/ai-denoiser' });
 * const quiet = await denoiser.denoise(microphoneTrack);
 * const unpublish = await channel.publish(quiet.track);
 * ```
 */
export function aiDenoiser(options: AiDenoiserOptions, load: () => Promise<DenoiserSdk> = loadSdk): AiDenoiser {
  if (typeof options.load !== 'function' || !options.assetsPath) {
    throw new AvatarError('invalid-options', {
      message: "aiDenoiser() takes load: () => import('agora-extension-ai-denoiser'), and assetsPath, where the package's folder external is served.",
    });
  }
  let opening: Promise<{ sdk: DenoiserSdk; extension: AiDenoiserExtension }> | null = null;

  async function open() {
    const [sdk, { AIDenoiserExtension }] = await Promise.all([load(), loadPeer('agora-extension-ai-denoiser', options.load)]);
    const extension = new AIDenoiserExtension({ assetsPath: options.assetsPath });
    if (!isExtension(extension) || !extension.checkCompatibility()) {
      throw new AvatarError('sound-unavailable', { message: "This browser cannot run Agora's denoiser. Use the track as it is; the browser's own noise suppression works on it." });
    }
    sdk.registerExtensions([extension]);
    return { sdk, extension };
  }

  return {
    async denoise(track) {
      opening ??= open().catch((error: unknown) => {
        opening = null; // the next call tries again
        throw error;
      });
      const { sdk, extension } = await opening;
      return aiDenoiserTrack(track, extension.createProcessor(), sdk, options);
    },
  };
}

function isExtension(value: object): value is AiDenoiserExtension {
  return typeof Reflect.get(value, 'createProcessor') === 'function';
}
