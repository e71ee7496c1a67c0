import { AvatarError } from '../../errors/AvatarError.js';

/** The drawing library, as a value that is handed to the painters. */
export type CanvasModule = typeof import('@napi-rs/canvas');
export type Context = import('@napi-rs/canvas').SKRSContext2D;
export type Path = import('@napi-rs/canvas').Path2D;
export type Gradient = ReturnType<Context['createLinearGradient']>;

/**
 * Loads the optional peer that draws the face. The one place that names it.
 *
 * @throws AvatarError `peer-missing` when it is not installed or has no build for this platform.
 */
export async function loadCanvas(): Promise<CanvasModule> {
  try {
    return await import('@napi-rs/canvas');
  } catch (cause) {
    throw new AvatarError('peer-missing', {
      message:
        'The emulator draws its avatar with "@napi-rs/canvas", which could not be loaded. Install it with: npm install --save-dev @napi-rs/canvas',
      cause,
      context: { peer: '@napi-rs/canvas' },
    });
  }
}
